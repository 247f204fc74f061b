/**
 * What the room remembers beside the incident inbox, in a PostgreSQL schema of Larder's own that Strapi's schema sync
 * does not know.
 */
import type { Sql } from '../../../../../shared/sql';

const STATEMENTS = [
  `create schema if not exists larder`,
  // Each thing that happened, once: what makes an alert that is told twice count once.
  `create table if not exists larder.alert_occurrences (
     cause text not null,
     occurrence text not null,
     seen_at timestamptz not null default now(),
     primary key (cause, occurrence)
   )`,
  `create index if not exists alert_occurrences_seen on larder.alert_occurrences (seen_at)`,
  // All purchases of an incident. The inbox shows the latest one only.
  `create table if not exists larder.incident_transactions (
     incident_id integer not null,
     transaction_id integer not null,
     primary key (incident_id, transaction_id)
   )`,
  // What Slack is to be told, was told, and who is telling it now.
  `create table if not exists larder.incident_posts (
     incident_id integer primary key,
     vendor_message text,
     claimed_until timestamptz,
     resolved_ts text
   )`,
  // Every delivery with the very text that is sent, so that each try and each replay says the same.
  `create table if not exists larder.webhook_deliveries (
     id text primary key,
     transaction_id text,
     type text not null,
     body text not null,
     state text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
     attempts integer not null default 0,
     last_error text,
     created_at timestamptz not null default now(),
     updated_at timestamptz not null default now()
   )`,
  // Not all news is about a purchase.
  `alter table larder.webhook_deliveries alter column transaction_id drop not null`,
  `create index if not exists webhook_deliveries_failed on larder.webhook_deliveries (created_at) where state = 'failed'`,
  `create index if not exists webhook_deliveries_delivered on larder.webhook_deliveries (updated_at) where state = 'delivered'`,
];

/** Makes the tables where they are absent. Safe to run again; two instances must not run it at the same moment. */
export async function makeTables(sql: Sql): Promise<void> {
  for (const statement of STATEMENTS) await sql.rows(statement);
}
