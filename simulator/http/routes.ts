import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Cloud } from '../cloud/cloud';
import { customerOf } from '../cloud/customer';
import { linesOf, patchMachine } from '../control';
import { describeFaults, textOfFault } from '../faults/describe';
import { faultFromText } from '../faults/from-text';
import { parseFault, type FaultSpec } from '../faults/registry';
import { readBody } from './body';
import { FRIDGE_ROUTES } from './fridge-routes';

/** A request that has found its route. */
export interface Visit {
  cloud: Cloud;
  request: IncomingMessage;
  /** The machine's uid, where the path names one. */
  uid: string;
}

export type Handler = (visit: Visit) => unknown;

const product = z.strictObject({ vpn: z.string().min(1) });
const patch = z.strictObject({
  offline: z.boolean().optional(),
  expired: z.boolean().optional(),
  state: z.literal('free').optional(),
});
const cut = z.strictObject({
  mode: z.enum(['close', 'terminate', 'half-open']).default('terminate'),
  machine: z.string().optional(),
});
const faultList = z.array(
  z.union([z.string(), z.looseObject({ name: z.string() })], 'must be a text or an object with a name'),
);

/** The control API: `METHOD /path`, where `:uid` stands for a machine. */
export const ROUTES: Record<string, Handler> = {
  'GET /machines': ({ cloud }) => ({
    machines: [...cloud.machines.values()].map((machine) => machine.view()),
    products: [...cloud.products.values()],
  }),
  'GET /machines/:uid': ({ cloud, uid }) => cloud.machine(uid).view(),
  'PATCH /machines/:uid': async ({ cloud, uid, request }) => {
    cloud.machine(uid);
    patchMachine(cloud, uid, await readBody(request, patch));
    return cloud.machine(uid).view();
  },
  'POST /machines/:uid/take': async ({ cloud, uid, request }) => {
    const machine = cloud.machine(uid);
    customerOf(cloud, machine).take((await readBody(request, product)).vpn);
    return machine.view();
  },
  'POST /machines/:uid/put-back': async ({ cloud, uid, request }) => {
    const machine = cloud.machine(uid);
    customerOf(cloud, machine).putBack((await readBody(request, product)).vpn);
    return machine.view();
  },
  'POST /machines/:uid/close': async ({ cloud, uid }) => {
    // A device tells within moments what was taken; a person who clicks fast must not be faster than it.
    await cloud.machine(uid).fridge?.settled();
    customerOf(cloud, cloud.machine(uid)).close();
    return cloud.machine(uid).view();
  },
  ...FRIDGE_ROUTES,
  'GET /faults': ({ cloud }) => ({ active: activeFaults(cloud), available: describeFaults() }),
  'PUT /faults': async ({ cloud, request }) => {
    const wanted = await readBody(request, faultList);
    cloud.faults.set(
      wanted.map((each): FaultSpec => (typeof each === 'string' ? faultFromText(each) : parseFault(each))),
    );
    return { active: activeFaults(cloud) };
  },
  'GET /log': ({ cloud }) => ({ lines: cloud.journal.recent() }),
  'POST /cut': async ({ cloud, request }) => {
    const { mode, machine } = await readBody(request, cut);
    const lines = machine === undefined ? [...cloud.connections] : linesOf(cloud, machine);
    for (const line of lines) line.cut(mode);
    return { cut: lines.length };
  },
};

/** The faults in force, each with the text that stands for it on a command line. */
export function activeFaults(cloud: Cloud): { text: string; spec: FaultSpec }[] {
  return cloud.faults.list().map((spec) => ({ text: textOfFault(spec), spec }));
}
