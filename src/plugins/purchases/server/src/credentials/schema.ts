/** What the credentials need of the database beyond Strapi's content types. */
export const CREDENTIAL_STATEMENTS: readonly string[] = [
  `create table if not exists larder.door_tokens (
     id text primary key, user_id integer not null, expires_at timestamptz not null, used_at timestamptz, used_for text
   )`,
  `create index if not exists door_tokens_expiry_index on larder.door_tokens (expires_at)`,
  `create index if not exists up_users_card_fingerprint_index on up_users (card_fingerprint) where card_fingerprint is not null`,
  `create index if not exists up_users_card_index on up_users (default_payment_method_id) where default_payment_method_id is not null`,
];
