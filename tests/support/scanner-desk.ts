/** Fridges that read barcodes, what their devices say, and what comes of it. */
import { eventually } from './eventually';
import { lookAfter } from './fridges';
import { startWorld, type World } from './world';

export type ScannerAction = 'touched' | 'taken' | 'returned';

export interface ScannerDesk {
  readonly world: World;
  /** A machine that no test has used yet, without meals. */
  nextMachine(): string;
  /** The key of a machine's device. */
  keyOf(machine: string): string | undefined;
  /** What the device tells just now, and is answered. */
  tell(
    machine: string,
    action: ScannerAction,
    barcode: string,
    more?: object,
    language?: string,
  ): Promise<{ signal: string; reason: string; message: string }>;
  /** Closes the door, and waits until the meals of the purchase were looked for. */
  close(machine: string, id: string, state?: string): Promise<void>;
  /** A purchase from door to door of which the device saw nothing; answers its id. */
  buy(machine: string, skus: readonly string[], customer?: string): Promise<string>;
  rows<Row extends Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  allocation(id: string): Promise<Record<string, unknown> | undefined>;
  /** Of a meal: its state, and whose name is on it. */
  stateOf(barcode: string): Promise<Record<string, unknown> | undefined>;
  /** What people were told of a machine, by cause. */
  alerts(machine: string, cause: string): Promise<string[]>;
  /** What a purchase's history says of meals: name and outcome. */
  notes(id: string): Promise<(string | null)[][]>;
}

/** A world of machines with nothing in their books, each with a key. The last one stays out of {@link ScannerDesk.nextMachine}. */
export async function startScannerDesk(machines: number): Promise<ScannerDesk> {
  const world = await startWorld({ machines, stock: 'nothing' });
  const all = Array.from({ length: machines }, (_, n) => `M${n + 1}`);
  const free = all.slice(0, -1);
  const keys = new Map<string, string>();
  const fridges = await lookAfter(world);
  for (const machine of all) keys.set(machine, await fridges.makeKey(machine));
  const desk: ScannerDesk = {
    world,
    nextMachine() {
      const machine = free.shift();
      if (machine === undefined) throw new Error('There are not enough machines for these tests.');
      return machine;
    },
    keyOf: (machine) => keys.get(machine),
    async tell(machine, action, barcode, more = {}, language = 'en') {
      const event = { barcode, action, at: new Date().toISOString(), ...more };
      const response = await world.larder
        .post(`/api/machines/${machine}/meal-events`, event, keys.get(machine))
        .set('Accept-Language', language);
      expect({ status: response.status, text: response.text }).toMatchObject({ status: 200 });
      return response.body as { signal: string; reason: string; message: string };
    },
    async close(machine, id, state = 'completed') {
      world.simulator.customer(machine).close();
      await world.until(id, state);
      await eventually(async () => expect(await desk.allocation(id)).toBeDefined());
    },
    async buy(machine, skus, customer) {
      const id = await world.opened(machine, customer);
      for (const sku of skus) world.simulator.customer(machine).take(sku);
      await desk.close(machine, id);
      return id;
    },
    rows: (text, values = []) => world.database.sql.rows(text, values),
    allocation: async (id) =>
      (await desk.rows(`select result from larder.allocations where transaction_id = $1`, [id]))[0],
    async stateOf(barcode) {
      const [meal] = await desk.rows(
        `select m.state, u.customer_id as owner from meals m left join meals_reserved_for_lnk r on r.meal_id = m.id
         left join up_users u on u.id = r.user_id where m.barcode = $1`,
        [barcode],
      );
      return meal;
    },
    async alerts(machine, cause) {
      const told = await desk.rows<{ message: string }>(
        `select j.data ->> 'message' as message from pgboss.job j join machines m on m.document_id = j.data ->> 'machineId'
         where j.name = 'alerts.raise' and j.data ->> 'cause' = $2 and m.vendor_id = $1 order by 1`,
        [machine, cause],
      );
      return told.map(({ message }) => message);
    },
    notes: async (id) =>
      (await world.history(id))
        .filter(({ name }) => name.startsWith('meal.'))
        .map(({ name, outcome }) => [name, outcome]),
  };
  return desk;
}
