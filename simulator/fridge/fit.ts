import type { Cloud } from '../cloud/cloud';
import { Fridge } from './fridge';

/** Of each product, where a device was given a key and nobody said what stands on the shelves. */
const A_FEW = 3;
const ASK_AGAIN_MS = 2000;

/** Gives each machine the shelves and the device that the settings ask for; the others stay as they were. */
export function fitFridges(cloud: Cloud): void {
  const { stock, larder } = cloud.settings;
  for (const uid of Object.keys(larder?.keys ?? {})) cloud.machine(uid);
  for (const { uid } of cloud.machines.values()) {
    const key = larder?.keys[uid];
    if (key === undefined && (stock === undefined || stock === 'larder')) continue;
    const fridge = fridgeOf(cloud, uid);
    if (stock !== 'larder') fridge.stock(stock ?? A_FEW);
    if (larder && key !== undefined) fridge.connect({ url: larder.url, key });
    if (stock === 'larder' && key !== undefined) void askForStock(cloud, fridge, uid);
  }
}

/** Larder may come up later than its fridges: it is asked until it tells. */
async function askForStock(cloud: Cloud, fridge: Fridge, uid: string): Promise<void> {
  try {
    await fridge.stockFromLarder();
    cloud.journal.note("stocked from Larder's books", uid);
  } catch (error) {
    cloud.journal.note((error as Error).message, uid);
    if (fridge.device) cloud.timers.after(ASK_AGAIN_MS, () => void askForStock(cloud, fridge, uid));
  }
}

/** The inside of a machine, made where nobody looked into it before. */
export function fridgeOf(cloud: Cloud, uid: string): Fridge {
  const machine = cloud.machine(uid);
  machine.fridge ??= new Fridge(cloud, machine);
  return machine.fridge;
}

export function disconnectAll(cloud: Cloud): void {
  for (const { fridge } of cloud.machines.values()) fridge?.disconnect();
}
