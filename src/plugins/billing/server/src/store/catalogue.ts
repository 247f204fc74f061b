import type { Sql } from '../../../../../shared/sql';

/** A product that is sold now. `unitAmount` in minor units. */
export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly unitAmount: number;
  readonly currency: string;
}

/** The active ones of these skus; unknown ones are absent. */
export async function findProducts(sql: Sql, skus: readonly string[]): Promise<Map<string, Product>> {
  const rows = await sql.rows<{ sku: string; name: string; unit_amount: number; currency: string }>(
    {
      name: 'billing.products',
      text: `select sku, name, unit_amount, currency from products where sku = any($1) and active`,
    },
    [[...new Set(skus)]],
  );
  return new Map(
    rows.map((row) => [row.sku, { sku: row.sku, name: row.name, unitAmount: row.unit_amount, currency: row.currency }]),
  );
}

/** The currency that most of the catalogue is priced in: for a card that is saved without anything to pay. */
export async function usualCurrency(sql: Sql): Promise<string> {
  const [row] = await sql.rows<{ currency: string }>({
    name: 'billing.usual-currency',
    text: `select currency from products where active group by currency order by count(*) desc, currency limit 1`,
  });
  return row?.currency ?? 'EUR';
}
