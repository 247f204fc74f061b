/** What subscriptions and referrals need of the database beyond Strapi's content types. Run on every boot. */
export const SUBSCRIPTION_STATEMENTS: readonly string[] = [
  // What was collected against a subscription: one row an item, so that nothing is counted twice.
  `create table if not exists larder.collections (
     transaction_id text not null, item integer not null, subscription_id integer not null, sku text not null, barcode text,
     collected_at timestamp not null default now(),
     primary key (transaction_id, item)
   )`,
  `create index if not exists collections_subscription_index on larder.collections (subscription_id, collected_at)`,
  `create index if not exists transactions_expert_index on transactions (expert_id, created_at) where expert_id is not null`,

  // How far the charge of the period is that is on: as its payments say, in the transaction that changes them.
  `create or replace function larder.tell_subscription() returns trigger language plpgsql as $$
   declare period text := regexp_replace(new.key, ':[0-9]+$', '');
   begin
     update subscriptions set charge_state = larder.charge_state(period), updated_at = now() where charge_key = period;
     return null;
   end $$`,
  `create or replace trigger period_charged after insert or update of state on payments
     for each row when (new.purpose = 'subscription') execute function larder.tell_subscription()`,
  `create index if not exists subscriptions_charge_index on subscriptions (charge_key) where charge_key is not null`,

  // Subscriptions from before the column was there.
  `update subscriptions set charge_state = case when charge_key is null then 'none' else larder.charge_state(charge_key) end
     where charge_state is null`,

  // Whether a plan may be used for a product: for any where neither products nor categories are named.
  `create or replace function larder.plan_covers(plan integer, product text) returns boolean language sql stable as $$
     select (jsonb_array_length(coalesce(p.categories, '[]')) = 0 and not exists (select 1 from plans_products_lnk where plan_id = p.id))
       or exists (select 1 from products f where f.sku = product and (p.categories ? f.category
         or f.id in (select product_id from plans_products_lnk where plan_id = p.id)))
     from plans p where p.id = plan
   $$`,

  // The period that a moment falls into: counted from the first day, so that the 31st does not become the 28th for good.
  `create or replace function larder.period_of(first timestamp, period text, moment timestamp)
     returns table (starts timestamp, ends timestamp) language sql stable as $$
     with step as (select case period when 'week' then interval '1 week' else interval '1 month' end as one),
     -- A month has 28 days at the least: this many periods have surely begun; the true number is one of the next few.
     guess as (select greatest(0, floor(extract(epoch from moment - first) / extract(epoch from case period
       when 'week' then interval '7 days' else interval '31 days' end)))::int as n)
     select first + k * one, first + (k + 1) * one
     from step, guess, generate_series(guess.n, guess.n + guess.n / 8 + 2) as k
     where first + k * one <= greatest(moment, first) order by k desc limit 1
   $$`,
];
