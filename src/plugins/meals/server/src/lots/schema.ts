/** What recalls need of the database. Run on every boot; each statement may run again. */
export const LOT_STATEMENTS: readonly string[] = [
  // Which buyers the front end was told of: each once, however often a lot is recalled.
  `create table if not exists larder.recalls_told (
     lot_id text not null, transaction_id text not null, at timestamp not null default now(), primary key (lot_id, transaction_id)
   )`,
];
