/** What the thefts need of the database. Run on every boot, under the boot lock; each statement may run again. */

export const THEFT_STATEMENTS: readonly string[] = [
  // One row a meal that left with somebody else than its owner.
  `create table if not exists larder.thefts (
     transaction_id text not null, barcode text not null, sku text not null, machine_id text not null,
     taker_id integer, owner_id integer not null,
     is_seen boolean not null, amount integer not null, currency text not null,
     offer text, is_owed boolean not null, at timestamp not null default now(),
     primary key (transaction_id, barcode)
   )`,
  // What its owner got back instead of an equal meal, and when that was decided; null while it is not, or is not needed.
  `alter table larder.thefts add column if not exists refund_amount integer, add column if not exists refund_currency text,
     add column if not exists compensated_at timestamp`,
  `create index if not exists thefts_taker_index on larder.thefts (taker_id, at) where taker_id is not null`,
  `create index if not exists thefts_owner_index on larder.thefts (owner_id, at)`,
];
