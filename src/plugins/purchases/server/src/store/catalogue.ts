import type { Sql } from '../../../../../shared/sql';
import type { Price } from '../core/pricing';

/**
 * The catalogue's entries for these skus as they stood when the door of a purchase opened (or, where that was never seen,
 * when it was asked for). Unknown skus are absent from the answer.
 */
export async function pricesAtOpening(
  sql: Sql,
  purchaseId: number,
  skus: readonly string[],
): Promise<Map<string, Price>> {
  if (skus.length === 0) return new Map();
  const rows = await sql.rows<{ sku: string; name: string; unit_amount: number; currency: string }>(
    {
      name: 'purchases.prices',
      text: `
select p.sku, p.name, p.unit_amount, p.currency
from transactions t
join larder.product_prices p
  on p.sku = any($2) and p.valid_from <= coalesce(t.opened_at, t.door_requested_at)
  and (p.valid_to is null or p.valid_to > coalesce(t.opened_at, t.door_requested_at))
where t.id = $1`,
    },
    [purchaseId, [...new Set(skus)]],
  );
  return new Map(
    rows.map((row) => [row.sku, { sku: row.sku, name: row.name, unitAmount: row.unit_amount, currency: row.currency }]),
  );
}
