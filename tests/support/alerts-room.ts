/** The alerts room on a real PostgreSQL without Strapi, on a copy of the tables that Larder made. */
import type { Alert } from '../../src/plugins/purchases/server/src/ports/notifier';
import { createAlerts, type Alerts, type AlertsParts } from '../../src/plugins/alerts/server/src/core/alerts';
import { readSettings } from '../../src/plugins/alerts/server/src/core/settings';
import type { Job } from '../../src/shared/jobs';
import { createQueue, type Queue } from '../../src/shared/queue';
import { openDatabase, type Database } from '../../src/shared/sql';
import { createTestDatabase, type TestDatabase } from './database';

const databases = new Set<TestDatabase>();

/** The URL of a database of one's own, without alerts; {@link stopRooms} drops it. */
export async function freshDatabase(): Promise<string> {
  const database = await createTestDatabase();
  databases.add(database);
  // The template was booted without a gateway to reach, which is an incident.
  await database.sql.rows(`truncate incidents, larder.alert_occurrences, larder.incident_posts, pgboss.job cascade`);
  return database.url;
}

export interface Room extends Alerts {
  readonly database: Database;
  readonly queue: Queue;
  send(...jobs: readonly Job[]): Promise<void>;
  /** What the schedule would run. */
  sweep(): Promise<void>;
  /** Ends the workers; the database stays. */
  stopWorkers(): Promise<void>;
  stop(): Promise<void>;
}

export type RoomOptions = Partial<Pick<AlertsParts, 'slackRetries' | 'webhookRetries'>> & {
  readonly settings?: Record<string, unknown>;
  /** Leaves the workers to {@link Queue.start}. */
  readonly isIdle?: boolean;
};

export async function openRoom(
  url: string,
  { settings = {}, isIdle = false, ...rest }: RoomOptions = {},
): Promise<Room> {
  const database = openDatabase({ url, maxConnections: 8 });
  const queue = createQueue(url, () => undefined);
  let sweep = async () => {};
  const alerts = createAlerts({
    database,
    queue,
    schedule: {
      every: (_seconds, _name, work) => void (sweep = work),
      start: () => undefined,
      stop: async () => undefined,
    },
    settings: readSettings({ slack: null, webhook: null, production: false, ...settings }),
    publicUrl: 'https://larder.example',
    ...rest,
  });
  await alerts.makeTables();
  await queue.prepare();
  if (!isIdle) queue.start();
  let areWorkersStopped = false;
  const stopWorkers = async () => {
    if (!areWorkersStopped) await queue.stop();
    areWorkersStopped = true;
  };
  const room: Room = {
    ...alerts,
    database,
    queue,
    send: (...jobs) => queue.send(database, jobs),
    sweep: () => sweep(),
    stopWorkers,
    async stop() {
      await stopWorkers();
      await database.close();
      open.delete(room);
    },
  };
  open.add(room);
  return room;
}

const open = new Set<Room>();

/** For `afterEach`: stops what a test left open, also where it failed half-way, and drops its databases. */
export async function stopRooms(): Promise<void> {
  for (const room of open) await room.stop();
  for (const database of databases) await database.drop();
  databases.clear();
}

let occurrences = 0;

export function anAlert(changes: Partial<Alert> = {}): Alert {
  return {
    cause: 'request_error',
    severity: 'warning',
    occurrence: `occurrence-${++occurrences}`,
    machineId: 'machine-1',
    transactionId: null,
    customerId: 'customer-7',
    message: 'Vendron refused the request.',
    vendorMessage: null,
    ...changes,
  };
}

export async function aMachine(database: Database, documentId: string, label = `Fridge ${documentId}`): Promise<void> {
  await database.rows(
    `insert into machines (document_id, label, vendor_id) values ($1::text, $2, $1::text || '-uid')`,
    [documentId, label],
  );
}

export async function aPurchase(
  database: Database,
  documentId: string,
  { machine, state = 'review', openedAt = null }: { machine?: string; state?: string; openedAt?: string | null } = {},
): Promise<void> {
  const text = `
    with purchase as (
      insert into transactions (document_id, ref, state, currency, authorized_amount, total_amount, opened_at)
      values ($1::text, 'ref-' || $1::text, $2, 'EUR', 2500, 840, case when $4::text is not null then now() + $4::interval end)
      returning id
    )
    insert into transactions_machine_lnk (transaction_id, machine_id)
    select purchase.id, machines.id from purchase, machines where machines.document_id = $3`;
  await database.rows(text, [documentId, state, machine ?? null, openedAt]);
}

/** Resolves with the first truthy answer; looks every 25 ms. */
export async function eventually<Result>(
  look: () => Result | Promise<Result>,
  withinMs = 10_000,
): Promise<Exclude<Result, false | null | undefined>> {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found) return found as Exclude<Result, false | null | undefined>;
    if (Date.now() > end) throw new Error(`It did not happen within ${withinMs} ms: ${look.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export interface IncidentRow {
  readonly id: number;
  readonly cause: string;
  readonly severity: string;
  readonly state: string;
  readonly title: string;
  readonly message: string;
  readonly count: number;
  readonly delivery: string;
  readonly reported_count: number;
  readonly active_key: string | null;
  readonly slack_ts: string | null;
  readonly document_id: string;
}

export const incidentsIn = (database: Database) => database.rows<IncidentRow>(`select * from incidents order by id`);

/** Jobs of the queues that are neither done nor dead. */
export async function waitForIdle(database: Database): Promise<void> {
  await eventually(async () => {
    const rows = await database.rows(`select 1 from pgboss.job where state < 'completed' and name like 'alerts.%'`);
    return rows.length === 0;
  });
}
