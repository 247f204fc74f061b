import { newDocumentId } from '../../src/shared/ids';
import type { Sql } from '../../src/shared/sql';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator';
import { createTestDatabase, type TestDatabase } from './database';
import { eventually } from './eventually';
import { startLarder, type Larder, type LarderOptions } from './larder';
import { stockEveryMachine } from './stock';

/** A Vendron Cloud, a database with its machines and catalogue, and a Larder between them. */
export interface World {
  readonly simulator: Simulator;
  readonly database: TestDatabase;
  larder: Larder;
  /** Starts another instance, or the next one after a crash, on the same database and cloud. */
  startAnother(options?: Partial<LarderOptions>): Promise<Larder>;
  open(machine: string, customer?: string, more?: object): ReturnType<Larder['post']>;
  /** Opens a door and answers the purchase's id; throws unless it is open. */
  opened(machine: string, customer?: string): Promise<string>;
  purchase(id: string): Promise<PurchaseBody>;
  /** Waits until the purchase is in one of these states. */
  until(id: string, states: string | readonly string[], withinMs?: number): Promise<PurchaseBody>;
  history(id: string): Promise<EventBody[]>;
  stop(): Promise<void>;
}

export interface PurchaseBody {
  id: string;
  ref: string;
  state: string;
  door: string;
  products: { sku: string; name: string; quantity: number; unitAmount: number; amount: number }[];
  totalAmount: number | null;
  refusalCode: string | null;
  message: string | null;
}

export interface EventBody {
  id: string;
  kind: string;
  name: string;
  outcome: string | null;
  message: string | null;
  data: unknown;
  receivedAt: string;
}

/** Deadlines short enough for a test, long enough for a busy machine. */
const QUICK: Readonly<Record<string, string>> = {
  VENDRON_TIMEOUT_MS: '1500',
  OPEN_REPLY_WITHIN_MS: '1200',
  LEASE_S: '3',
  SWEEP_INTERVAL_S: '1',
};

/** The catalogue as the simulator's honest fridges sell it, in minor units. */
export const PRICES: Readonly<Record<string, number>> = {
  '1001': 650,
  '1002': 790,
  '1003': 750,
  '1004': 960,
  '1005': 480,
  '1006': 290,
  '1007': 160,
  '1008': 240,
};

export interface WorldOptions {
  /** Loaded into every Larder of this world before it starts. */
  readonly preload?: string;
  /** The database to use; a copy of the template where absent. */
  readonly database?: TestDatabase;
  /** How Larder reaches the database: the address it is given instead of the real one. */
  readonly databaseUrl?: string;
  readonly machines?: number;
  /** What the books have in every machine: some of every product where absent, so that each purchase takes meals out. */
  readonly stock?: 'some of everything' | 'nothing';
  readonly simulator?: SimulatorOptions;
  readonly env?: Readonly<Record<string, string>>;
}

export async function startWorld({
  machines = 3,
  stock = 'some of everything',
  simulator: simulatorOptions,
  env = {},
  preload,
  database: ownDatabase,
  databaseUrl,
}: WorldOptions = {}): Promise<World> {
  const simulator = await startSimulator({ machines, ...simulatorOptions });
  const database = ownDatabase ?? (await createTestDatabase());
  await seedFridges(database.sql, machines);
  if (stock === 'some of everything') await stockEveryMachine(database.sql);
  const larders: Larder[] = [];
  const startAnother = async (options: Partial<LarderOptions> = {}) => {
    const larder = await startLarder({
      databaseUrl: databaseUrl ?? database.url,
      vendronUrl: simulator.url,
      ...(preload !== undefined && { preload }),
      ...options,
      env: { ...QUICK, ...env, ...options.env },
    });
    larders.push(larder);
    return larder;
  };
  const world: World = {
    simulator,
    database,
    larder: await startAnother(),
    startAnother,
    open: (machine, customer = `customer-of-${machine}`, more = {}) =>
      world.larder.post(`/api/machines/${machine}/open`, { ...orderOf(customer), ...more }),
    async opened(machine, customer) {
      const response = await world.open(machine, customer);
      return openOf(response, world);
    },
    purchase: async (id) => {
      const response = await world.larder.get(`/api/transactions/${id}`);
      if (response.status !== 200) throw new Error(`No purchase: ${response.status} ${response.text}`);
      return response.body as PurchaseBody;
    },
    until: (id, states, withinMs = 15_000) =>
      eventually(
        async () => {
          const purchase = await world.purchase(id);
          if (![states].flat().includes(purchase.state))
            throw new Error(`Purchase ${id} is ${purchase.state}, not ${String(states)}.`);
          return purchase;
        },
        { withinMs },
      ),
    history: async (id) =>
      ((await world.larder.get(`/api/transactions/${id}/events`)).body as { data: EventBody[] }).data,
    async stop() {
      await Promise.all(larders.map((larder) => larder.stop()));
      await simulator.stop();
      await database.drop();
    },
  };
  return world;
}

/** A well-formed body for `POST open`. */
export function orderOf(customer: string, amount = 10_000) {
  return {
    user: { id: customer, email: `${customer.toLowerCase()}@example.com` },
    payment: { provider: 'stripe', paymentIntentId: `pi_${newDocumentId()}`, amount, currency: 'EUR' },
  };
}

export async function seedFridges(sql: Sql, machines: number): Promise<void> {
  for (let n = 1; n <= machines; n += 1) {
    await sql.rows(
      `insert into machines (document_id, label, vendor_id, driver, sales_locked, created_at, updated_at, published_at)
       values ($1, $2, $3, 'vendron', false, now(), now(), now())`,
      [newDocumentId(), `Fridge ${n}`, `M${n}`],
    );
  }
  for (const [sku, unitAmount] of Object.entries(PRICES)) {
    await sql.rows(
      `insert into products (document_id, sku, name, unit_amount, currency, active, created_at, updated_at, published_at)
       values ($1, $2, $3, $4, 'EUR', true, now(), now(), now())`,
      [newDocumentId(), sku, `Meal ${sku}`, unitAmount],
    );
  }
}

/** The purchase whose door was opened. A busy machine may take longer than `POST open` waits: then it is polled, as a front end does. */
export async function openOf(
  { status, body, text }: { readonly status: number; readonly body: unknown; readonly text: string },
  world: Pick<World, 'until'>,
): Promise<string> {
  if (status !== 200 && status !== 202) throw new Error(`Not opened: ${status} ${text}`);
  const { id } = body as { id: string };
  if (status === 202) await world.until(id, ['open', 'closed', 'completed', 'empty']);
  return id;
}
