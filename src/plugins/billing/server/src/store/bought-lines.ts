import type { Sql } from '../../../../../shared/sql';
import type { LineKind } from '../core/refund';

/** What was bought of one product, in one way: a purchase has one line of each. `unitAmount` in minor units. */
export interface BoughtLine {
  readonly sku: string;
  readonly kind: LineKind;
  readonly name: string;
  readonly quantity: number;
  readonly unitAmount: number;
}

/** The lines of a purchase, in their order. */
export async function findBoughtLines(sql: Sql, transactionId: number): Promise<BoughtLine[]> {
  return sql.rows<{ sku: string; kind: LineKind; name: string; quantity: number; unitAmount: number }>(
    {
      name: 'billing.bought-lines',
      text: `
select l.sku, coalesce(l.kind, 'sale') as kind, l.name, l.quantity, l.unit_amount as "unitAmount"
from transaction_lines_transaction_lnk k join transaction_lines l on l.id = k.line_id
where k.transaction_id = $1 order by k.line_ord, l.id`,
    },
    [transactionId],
  );
}
