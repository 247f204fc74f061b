/**
 * What the telemetry room needs of the database beyond Strapi's content types. Run on every boot, under the boot lock; each
 * statement may run again.
 */
import type { Sql } from '../../../../../shared/sql';
import { DEVICE_KEYS_CHANNEL } from './device-keys';
import { SALES_LOCK_STATEMENTS } from './sales-lock-schema';

const STATEMENTS: readonly string[] = [
  `create schema if not exists larder`,

  // Only the hash of a key is kept. A key that was rotated away has its end in the future: both work until then.
  `create table if not exists larder.device_keys (
     id integer generated always as identity primary key,
     machine_id integer not null references machines (id) on delete cascade,
     hash text not null unique,
     hint text not null,
     created_by text not null,
     created_at timestamptz not null default now(),
     revoked_at timestamptz,
     last_used_at timestamptz
   )`,
  `create unique index if not exists device_keys_live_unique on larder.device_keys (machine_id) where revoked_at is null`,
  `create index if not exists device_keys_machine_index on larder.device_keys (machine_id)`,
  `create or replace function larder.tell_device_keys_changed() returns trigger language plpgsql as $$
   begin
     perform pg_notify('${DEVICE_KEYS_CHANNEL}', '');
     return null;
   end $$`,
  `create or replace trigger device_keys_changed after insert or update of revoked_at or delete on larder.device_keys
     for each statement execute function larder.tell_device_keys_changed()`,

  `create table if not exists larder.devices (
     machine_id integer primary key,
     version text,
     uptime_seconds bigint,
     heartbeat_at timestamptz not null
   )`,

  // The widest column first: no byte of a row is padding. 16 bytes beside PostgreSQL's own 24.
  `create table if not exists larder.readings (
     at timestamptz not null,
     machine_id integer not null,
     temperature smallint not null,
     humidity smallint,
     primary key (machine_id, at)
   ) partition by range (at)`,
  // For ever. With room in its pages: the hour that is under way changes with each reading.
  `create table if not exists larder.reading_hours (
     hour timestamptz not null,
     machine_id integer not null,
     count integer not null,
     temperature_sum integer not null,
     temperature_min smallint not null,
     temperature_max smallint not null,
     humidity_count integer not null,
     humidity_sum integer not null,
     humidity_min smallint,
     humidity_max smallint,
     primary key (machine_id, hour)
   ) with (fillfactor = 80)`,

  ...SALES_LOCK_STATEMENTS,
];

export async function ensureTelemetrySchema(sql: Sql): Promise<void> {
  for (const statement of STATEMENTS) await sql.rows(statement);
}
