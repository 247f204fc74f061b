import type { Sql } from '../../../../../shared/sql';

/** What was bought of one product. `unitAmount` in minor units. */
export interface BoughtLine {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitAmount: number;
}

/** The lines of a purchase, one a product. */
export async function findBoughtLines(sql: Sql, transactionId: number): Promise<BoughtLine[]> {
  const rows = await sql.rows<{ sku: string; name: string; quantity: number; unit_amount: number }>(
    {
      name: 'billing.bought-lines',
      text: `
select l.sku, min(l.name) as name, sum(l.quantity)::int as quantity, min(l.unit_amount) as unit_amount
from transaction_lines_transaction_lnk k join transaction_lines l on l.id = k.line_id
where k.transaction_id = $1 group by l.sku order by min(k.line_ord)`,
    },
    [transactionId],
  );
  return rows.map(({ sku, name, quantity, unit_amount: unitAmount }) => ({ sku, name, quantity, unitAmount }));
}
