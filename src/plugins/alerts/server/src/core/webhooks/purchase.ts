/** A finished purchase as a webhook tells it. */
import type { Sql } from '../../../../../../shared/sql';

export const finishedStates = ['completed', 'empty', 'review'] as const;

export type FinishedState = (typeof finishedStates)[number];

/** `data` of a webhook. Amounts are in minor units of `currency`, times are ISO 8601 in UTC. */
export interface PurchaseData {
  readonly id: string;
  readonly ref: string;
  readonly state: FinishedState;
  readonly machine: { readonly id: string; readonly vendorId: string; readonly label: string } | null;
  readonly customerId: string | null;
  readonly currency: string;
  readonly authorizedAmount: number;
  readonly totalAmount: number | null;
  readonly capturedAmount: number | null;
  readonly lines: readonly PurchaseLine[];
  readonly requestedAt: string | null;
  readonly openedAt: string | null;
  readonly closedAt: string | null;
  readonly completedAt: string | null;
}

export interface PurchaseLine {
  readonly sku: string;
  readonly name: string;
  readonly kind: string;
  readonly quantity: number;
  readonly unitAmount: number;
  readonly amount: number;
}

const time = (column: string) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const READ = {
  name: 'alerts.webhook.purchase',
  text: `
    select t.document_id as id, t.ref,
      case when m.id is not null
        then json_build_object('id', m.document_id, 'vendorId', m.vendor_id, 'label', m.label) end as machine,
      u.customer_id as "customerId", t.currency, t.authorized_amount as "authorizedAmount",
      t.total_amount as "totalAmount", t.captured_amount as "capturedAmount",
      (select coalesce(json_agg(json_build_object('sku', l.sku, 'name', l.name, 'kind', coalesce(l.kind, 'sale'), 'quantity', l.quantity,
           'unitAmount', l.unit_amount, 'amount', l.amount) order by l.id), '[]')
         from transaction_lines l join transaction_lines_transaction_lnk ll on ll.line_id = l.id
         where ll.transaction_id = t.id) as lines,
      ${time('t.requested_at')} as "requestedAt", ${time('t.opened_at')} as "openedAt",
      ${time('t.closed_at')} as "closedAt", ${time('t.completed_at')} as "completedAt"
    from transactions t
    left join transactions_machine_lnk ml on ml.transaction_id = t.id
    left join machines m on m.id = ml.machine_id
    left join transactions_user_lnk ul on ul.transaction_id = t.id
    left join up_users u on u.id = ul.user_id
    where t.document_id = $1
    limit 1`,
};

/** The purchase, said to be in `state`: the one it finished in, whatever became of it since. Null where it is gone. */
export async function readPurchase(
  sql: Sql,
  transactionId: string,
  state: FinishedState,
): Promise<PurchaseData | null> {
  const [row] = await sql.rows<Omit<PurchaseData, 'state'>>(READ, [transactionId]);
  if (!row) return null;
  const { id, ref, ...rest } = row;
  return { id, ref, state, ...rest };
}
