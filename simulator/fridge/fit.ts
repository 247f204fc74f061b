import type { Cloud } from '../cloud/cloud';
import { Fridge } from './fridge';

/** Of each product, where a device was given a key and nobody said what stands on the shelves. */
const A_FEW = 3;

/** Gives each machine the shelves and the device that the settings ask for; the others stay as they were. */
export function fitFridges(cloud: Cloud): void {
  const { stock, larder } = cloud.settings;
  for (const uid of Object.keys(larder?.keys ?? {})) cloud.machine(uid);
  for (const { uid } of cloud.machines.values()) {
    const key = larder?.keys[uid];
    if (stock === undefined && key === undefined) continue;
    const fridge = fridgeOf(cloud, uid);
    fridge.stock(stock ?? A_FEW);
    if (larder && key !== undefined) fridge.connect({ url: larder.url, key });
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
