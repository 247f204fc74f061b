import { DEFAULT_PRODUCTS } from '../../simulator';
import { fromMajorText } from '../../src/shared/money';
import type { Sql } from '../../src/shared/sql';

/** Fridges `M1` to `Mn`, and the simulator's products at the simulator's prices. */
export async function seedFridges(sql: Sql, machines: number): Promise<void> {
  await sql.rows(
    `insert into machines (document_id, label, vendor_id, driver, sales_locked, created_at, updated_at, published_at)
     select 'm' || md5('machine ' || n), 'Fridge ' || n, 'M' || n, 'vendron', false, now(), now(), now()
     from generate_series(1, $1::int) n`,
    [machines],
  );
  for (const { vpn, name, unitPrice } of DEFAULT_PRODUCTS) {
    await sql.rows(
      `insert into products (document_id, sku, name, unit_amount, currency, active, created_at, updated_at, published_at)
       values ('p' || md5('product ' || $1), $1, $2, $3, 'EUR', true, now(), now(), now())`,
      [vpn, name, fromMajorText(unitPrice, 'EUR')],
    );
  }
}

/** A well-formed body for `POST open`. */
export function orderOf(customer: string) {
  return {
    user: { id: customer, email: `${customer}@example.com` },
    payment: { provider: 'stripe', paymentIntentId: `pi_${customer}`, amount: 10_000, currency: 'EUR' },
  };
}
