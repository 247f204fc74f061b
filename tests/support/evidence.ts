/** What a fault left behind: alerts, events, commands at the fridges, counters. */
import { eventually } from './eventually';
import { METRICS_TOKEN } from './larder';
import { mealsTakenOut } from './stock-invariants';
import type { EventBody, World } from './world';

export interface ToldAlert {
  cause: string;
  severity: string;
  occurrence: string;
  message: string;
  vendorMessage: string | null;
  transactionId: string | null;
  machineId: string | null;
}

/**
 * Every alert that was sent, oldest first, whether it has been handled or not; of one purchase where an id is given. Those that
 * the meals of an ended purchase cause are among them: it waits for these.
 */
export async function alertsTold({ database }: World, transactionId?: string): Promise<ToldAlert[]> {
  await mealsTakenOut(database.sql);
  const rows = await database.sql.rows<{ data: ToldAlert }>(`
    select data from (
      select data, created_on from pgboss.job where name = 'alerts.raise'
      union all select data, created_on from pgboss.archive where name = 'alerts.raise'
    ) as told order by created_on`);
  return rows
    .map(({ data }) => data)
    .filter((alert) => transactionId === undefined || alert.transactionId === transactionId);
}

export async function causesTold(world: World, transactionId?: string): Promise<string[]> {
  return (await alertsTold(world, transactionId)).map(({ cause }) => cause).sort();
}

export interface TransactionRow {
  document_id: string;
  state: string;
  total_amount: number | null;
  captured_amount: number | null;
  payment_state: string;
  door_requested_at: Date | null;
  basket: { sku: string }[] | null;
  vendor_report: { items: unknown[]; total: string | null } | null;
}

/** The row of a purchase: what the front end is not shown is in it too. */
export async function rowOf({ database }: World, id: string): Promise<TransactionRow> {
  const [row] = await database.sql.rows<TransactionRow & Record<string, unknown>>(
    `select * from transactions where document_id = $1`,
    [id],
  );
  if (!row) throw new Error(`No transaction ${id}`);
  return row;
}

/** The events of a machine, whatever purchase they belong to, oldest first. */
export async function eventsAt({ database }: World, machine: string): Promise<EventBody[]> {
  return database.sql.rows<EventBody & Record<string, unknown>>(
    `select e.document_id as id, e.kind, e.name, e.outcome, e.message, e.data from events e
     join events_machine_lnk l on l.event_id = e.id join machines m on m.id = l.machine_id
     where m.vendor_id = $1 order by e.id`,
    [machine],
  );
}

/** Frames that belong to no purchase, or to none that they may change. */
export async function orphans({ database }: World): Promise<(EventBody & { transaction: string | null })[]> {
  return database.sql.rows<EventBody & { transaction: string | null } & Record<string, unknown>>(`
    select e.name, e.outcome, e.data, t.document_id as transaction from events e
    left join events_transaction_lnk l on l.event_id = e.id left join transactions t on t.id = l.transaction_id
    where e.kind = 'orphan' order by e.id`);
}

/** `name outcome` of each, for lists that a test can compare. */
export function words(events: readonly EventBody[]): string[] {
  return events.map(({ name, outcome }) => `${name} ${outcome ?? ''}`.trim());
}

/** The commands of one name that reached a fridge. */
export function commandsAt({ simulator }: World, machine: string, name: string): number {
  return simulator.commands(machine).filter(({ command }) => command === name).length;
}

export const doorCommands = (world: World, machine: string) => commandsAt(world, machine, 'smart_fridge_door_open');

/** One of the gateway's counters, as `/metrics` shows it. */
export async function gatewayCount(world: World, what: string): Promise<number> {
  const { text } = await world.larder.get('/metrics', METRICS_TOKEN);
  const value = new RegExp(`^larder_gateway\\{what="${what}"\\} (\\d+)$`, 'm').exec(text)?.[1];
  if (value === undefined) throw new Error(`No counter ${what} in:\n${text}`);
  return Number(value);
}

/** Takes one of these products each and closes the door. */
export function buy({ simulator }: World, machine: string, ...skus: string[]): void {
  const customer = simulator.customer(machine);
  for (const sku of skus) customer.take(sku);
  customer.close();
}

/** From now on notes every state that a purchase takes, in the database itself, so that none passes unseen. */
export async function noteStates({ database }: World): Promise<(id: string) => Promise<string[]>> {
  await database.sql.rows(`create table state_notes (n serial primary key, document_id text, state text)`);
  await database.sql.rows(`
    create function note_state() returns trigger language plpgsql as $$
    begin
      insert into state_notes (document_id, state) values (new.document_id, new.state);
      return null;
    end $$`);
  await database.sql.rows(`
    create trigger note_states after insert or update of state on transactions for each row execute function note_state()`);
  return async (id) => {
    const rows = await database.sql.rows<{ state: string }>(
      `select state from state_notes where document_id = $1 order by n`,
      [id],
    );
    return rows.map(({ state }) => state).filter((state, n, all) => state !== all[n - 1]);
  };
}

/** How many frames a fridge's lines were sent, and how many of them are in the history. */
export async function framesKept(world: World, machine: string): Promise<{ sent: number; kept: number }> {
  const events = await eventsAt(world, machine);
  const kept = events.filter(({ kind }) => ['acknowledgement', 'result', 'push', 'orphan'].includes(kind)).length;
  return { sent: world.simulator.sent(machine).length, kept };
}

/** Waits until every line serves a live purchase or nobody: a line listens on for a while when its purchase is over. */
export async function untilQuiet(world: World): Promise<void> {
  await eventually(async () => {
    const { text } = await world.larder.get('/metrics', METRICS_TOKEN);
    const lines = (state: string) =>
      Number(new RegExp(`^larder_gateway_connections\\{state="${state}"\\} (\\d+)$`, 'm').exec(text)?.[1]);
    expect({ lingering: lines('lingering'), closing: lines('closing') }).toEqual({ lingering: 0, closing: 0 });
    expect(lines('idle')).toBeGreaterThan(0);
  });
}
