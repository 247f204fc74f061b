/** Fridges with meals on their shelves, and with years of purchases and device events behind them. */
import type { Sql } from '../../src/shared/sql';

/** Of each fridge; every fifth meal is reserved for somebody who never comes. */
export const MEALS = 40;

export const barcodeOf = (fridge: number, meal: number) => `bench-${fridge}-${meal}`;

export async function fillShelves(sql: Sql, fridges: number, purchasesEach: number, eventsEach: number): Promise<void> {
  await sql.rows(
    `insert into up_users (document_id, username, email, customer_id, created_at, updated_at, published_at)
     values ('bench-owner', 'bench-owner', 'bench-owner@example.com', 'bench-owner', now(), now(), now())`,
  );
  await sql.rows(
    `with made as (
       insert into meals (document_id, barcode, sku, expires_at, area, state, stocked_at, created_at, updated_at, published_at)
       select 'meal' || m.id || '-' || n, 'bench-' || substr(m.vendor_id, 2) || '-' || n, '1001', now() + interval '2 days', 'free_for_all',
         'stocked', now() - interval '1 day', now(), now(), now()
       from machines m, generate_series(1, $1::int) n returning id, document_id),
     placed as (
       insert into meals_machine_lnk (meal_id, machine_id)
       select id, split_part(substr(document_id, 5), '-', 1)::int from made)
     insert into meals_reserved_for_lnk (meal_id, user_id)
     select made.id, u.id from made, up_users u where u.customer_id = 'bench-owner' and split_part(made.document_id, '-', 2)::int % 5 = 0`,
    [MEALS],
  );
  await sql.rows(
    `with made as (
       insert into transactions (document_id, ref, state, door, authorized_amount, currency, fence, revision, requested_at,
         door_requested_at, closed_at, completed_at, created_at, updated_at, published_at)
       select 'past' || m.id || '-' || n, 'past' || m.id || '-' || n, 'completed', 'locked', 100, 'EUR', 1, 1, t, t, t, t, t, t, t
       from machines m, generate_series(1, $1::int) n, lateral (select now() - make_interval(mins => n * 20) as t) at returning id, document_id)
     insert into transactions_machine_lnk (transaction_id, machine_id)
     select id, split_part(substr(document_id, 5), '-', 1)::int from made`,
    [purchasesEach],
  );
  await sql.rows(
    `insert into larder.meal_events (machine_id, key, barcode, action, at, transaction_id, session, whose, was_out, is_outdated,
       is_late, is_as_billed)
     select m.document_id, 'past ' || n, 'bench-' || substr(m.vendor_id, 2) || '-' || 1 + n % $2::int,
       (array['touched', 'taken', 'returned'])[1 + n % 3], now() - make_interval(mins => 5 + n), 'past' || m.id || '-' || n, 'purchase',
       'free', false, false, false, true
     from machines m, generate_series(1, $1::int) n`,
    [eventsEach, MEALS],
  );
  await sql.rows(`analyze`);
}
