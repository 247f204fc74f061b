import type { Sql } from '../../../../../shared/sql';
import type { Checkout } from '../core/checkout';
import { CHECKOUT_SELECT, checkoutOf, type CheckoutRow } from './checkout-row';

/** So many at a time, each every so many minutes: most forms are left open and forgotten. */
const BATCH = 20;
const REST_MINUTES = 5;

/** Checkouts that have not ended and were not looked at lately; taken, they are not stale for a while. */
export async function takeStaleCheckouts(sql: Sql): Promise<Checkout[]> {
  const rows = await sql.rows<CheckoutRow>(
    {
      name: 'billing.stale-checkouts',
      text: `
with stale as (
  select id from checkouts
  where state in ('open', 'pending', 'declined') and updated_at < now() - make_interval(mins => $1)
  order by updated_at limit $2 for update skip locked
),
taken as (update checkouts set updated_at = now() from stale where checkouts.id = stale.id)
${CHECKOUT_SELECT} join stale on stale.id = c.id`,
    },
    [REST_MINUTES, BATCH],
  );
  return rows.map(checkoutOf);
}
