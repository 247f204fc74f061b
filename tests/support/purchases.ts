/** Purchases as the database has them, for tests whose Larder may not be there to ask. */
import type { Sql } from '../../src/shared/sql';
import { eventually } from './eventually';

export interface StoredPurchase {
  id: string;
  state: string;
  fence: number;
  owner: string;
  basket: unknown;
  lines: { sku: string; quantity: number; amount: number }[];
  total: number | null;
}

export const OVER: readonly string[] = ['completed', 'empty', 'refused', 'expired', 'review'];

/** The purchases of a machine, by its vendor id, oldest first. */
export function purchasesAt(sql: Sql, machine: string): Promise<StoredPurchase[]> {
  return sql.rows<StoredPurchase & Record<string, unknown>>(
    `select t.document_id as id, t.state, t.fence, t.owner, t.basket, t.total_amount as total,
       (select coalesce(json_agg(json_build_object('sku', l.sku, 'quantity', l.quantity, 'amount', l.amount) order by l.sku), '[]')
        from transaction_lines l join transaction_lines_transaction_lnk k on k.line_id = l.id where k.transaction_id = t.id) as lines
     from transactions t join transactions_machine_lnk tm on tm.transaction_id = t.id
     join machines m on m.id = tm.machine_id where m.vendor_id = $1 order by t.id`,
    [machine],
  );
}

/** The one purchase of a machine once it is in one of these states; throws where it does not come to that in time. */
export function storedUntil(
  sql: Sql,
  machine: string,
  states: readonly string[] = OVER,
  withinMs = 15_000,
): Promise<StoredPurchase> {
  return eventually(
    async () => {
      const [purchase, ...more] = await purchasesAt(sql, machine);
      if (!purchase) throw new Error(`No purchase at ${machine}.`);
      if (more.length > 0) throw new Error(`${more.length + 1} purchases at ${machine}.`);
      if (!states.includes(purchase.state)) throw new Error(`The purchase at ${machine} is ${purchase.state}.`);
      return purchase;
    },
    { withinMs },
  );
}
