/** A Larder with somebody who fills its fridges, by an API token of their own. */
import type { Larder } from './larder';
import { makeApiToken } from './operator';
import { startWorld, type World, type WorldOptions } from './world';

export const RESTOCK_SCOPES = [
  'restocks.start',
  'restocks.findOne',
  'restocks.takeIn',
  'restocks.takeOut',
  'restocks.count',
  'restocks.close',
  'inventory.find',
  'deliveries.create',
  'labels.find',
].map((name) => `plugin::meals.${name}`);

export interface StockDesk {
  readonly world: World;
  /** Bearer token of whoever fills fridges. */
  readonly filler: string;
  /** Starts a restock, or answers the open one. */
  start(machine: string, as?: string): Promise<string>;
  /** `POST /restocks/:id/<what>` */
  call(restock: string, what: string, body: object, key?: string): ReturnType<Larder['post']>;
  /** A restock of its own with these meals in. */
  fill(machine: string, items: readonly object[]): Promise<void>;
  /** State and machine (vendorId) of meals, by barcode. */
  meals(): Promise<Record<string, string>>;
}

export async function startStockDesk(options: WorldOptions = {}): Promise<StockDesk> {
  const world = await startWorld({ stock: 'nothing', ...options });
  const filler = await makeApiToken(world.larder, 'Filler', RESTOCK_SCOPES).catch(async (error: unknown) => {
    await world.stop();
    throw error;
  });
  const desk: StockDesk = {
    world,
    filler,
    async start(machine, as = filler) {
      const { body } = await world.larder.post(`/api/machines/${machine}/restocks`, {}, as).expect(/"state":"open"/);
      return (body as { id: string }).id;
    },
    call(restock, what, body, key) {
      const post = world.larder.post(`/api/restocks/${restock}/${what}`, body, filler);
      return key === undefined ? post : post.set('Idempotency-Key', key);
    },
    async fill(machine, items) {
      const id = await desk.start(machine);
      await desk.call(id, 'in', { items }).expect(200);
      await desk.call(id, 'close', {}).expect(200);
    },
    async meals() {
      const rows = await world.database.sql.rows<{ barcode: string; text: string }>(
        `select m.barcode, concat_ws(' ', m.state, f.vendor_id) as text from meals m
         left join meals_machine_lnk k on k.meal_id = m.id left join machines f on f.id = k.machine_id`,
      );
      return Object.fromEntries(rows.map(({ barcode, text }) => [barcode, text]));
    },
  };
  return desk;
}
