/** What stands in the demo's fridge: meals with barcodes, as a delivery, and a device with a key of its own. */
import type { MealSpec, ProductSpec, Simulator } from '../../simulator';
import { mealsFor } from '../../simulator/fridge/stock';
import { ask } from './rest';

export interface DemoFridge {
  readonly vendorId: string;
  readonly products: readonly ProductSpec[];
  /** Whose name is on one of the meals. */
  readonly owner: string;
}

const OF_EACH = 3;

/**
 * Fills the fridge in Larder and in the simulator alike, and connects its device.
 * @param token an administrator's log-in.
 * @returns how many meals there are.
 */
export async function fitFridge(url: string, token: string, simulator: Simulator, fridge: DemoFridge): Promise<number> {
  const { vendorId, owner } = fridge;
  const meals = mealsOf(fridge);
  const { data: filler } = await ask<{ data: { accessKey: string } }>(`${url}/admin/api-tokens`, {
    method: 'POST',
    token,
    body: {
      name: `Fills ${vendorId}`,
      description: `Brings meals, one of them for ${owner}`,
      type: 'custom',
      lifespan: null,
      permissions: ['plugin::meals.deliveries.create'],
    },
  });
  const rows = meals.map(({ vpn, ...meal }) => ({ ...meal, sku: vpn }));
  await ask(`${url}/api/machines/${vendorId}/deliveries?strict=true`, {
    method: 'POST',
    token: filler.accessKey,
    body: { rows },
  });
  const { key } = await ask<{ key: string }>(`${url}/telemetry/machines/${vendorId}/device-key`, {
    method: 'POST',
    token,
    body: {},
  });
  const inside = simulator.fridge(vendorId);
  inside.stock(meals);
  inside.connect({ url, key });
  await inside.fitted().beat();
  await inside.measure();
  return meals.length;
}

function mealsOf({ vendorId, products, owner }: DemoFridge): MealSpec[] {
  const meals = mealsFor(OF_EACH, vendorId, products);
  const curry = meals.find(({ vpn }) => vpn === products[1]?.vpn);
  return curry ? [...meals, { ...curry, barcode: `${vendorId}-${owner}`, reservedFor: owner }] : meals;
}
