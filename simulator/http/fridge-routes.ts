/** The control API of what is inside a fridge: shelves, reader, sensors, and the device's line to Larder. */
import { z } from 'zod';
import { customerOf } from '../cloud/customer';
import { credentialSchema } from '../fridge/credential';
import { fridgeOf } from '../fridge/fit';
import { stockSchema } from '../fridge/meal';
import { sensorSchema } from '../fridge/sensor';
import { readBody } from './body';
import type { Handler, Visit } from './routes';

const barcode = z.strictObject({ barcode: z.string().min(1) });
const line = z.strictObject({ url: z.string(), key: z.string() });
const stock = z.strictObject({ stock: stockSchema });
const sensors = sensorSchema.extend({ keepBack: z.boolean().optional() });
const door = z.strictObject({ forced: z.boolean() });
const measuring = z.strictObject({
  /** As if it had been like this for so many minutes. */
  minutes: z.number().int().min(0).max(10_000).default(0),
});

const inside = ({ cloud, uid }: Visit) => fridgeOf(cloud, uid);
const customer = ({ cloud, uid }: Visit) => customerOf(cloud, cloud.machine(uid));
const seen = ({ cloud, uid }: Visit) => cloud.machine(uid).view();

/** Does something to a fridge, and answers the machine as it is then. */
function doing<S extends z.ZodType>(schema: S, act: (visit: Visit, given: z.output<S>) => unknown): Handler {
  return async (visit) => {
    visit.cloud.machine(visit.uid);
    await act(visit, await readBody(visit.request, schema));
    return seen(visit);
  };
}

export const FRIDGE_ROUTES: Record<string, Handler> = {
  'PUT /machines/:uid/stock': doing(stock, (visit, given) => inside(visit).stock(given.stock)),
  'POST /machines/:uid/stock-from-larder': async (visit) => {
    await inside(visit).stockFromLarder();
    return seen(visit);
  },
  'PUT /machines/:uid/device': doing(line, (visit, given) => inside(visit).connect(given)),
  'DELETE /machines/:uid/device': (visit) => {
    inside(visit).disconnect();
    return seen(visit);
  },
  'POST /machines/:uid/show': doing(credentialSchema, (visit, given) => inside(visit).show(given)),
  'POST /machines/:uid/touch-meal': doing(barcode, (visit, given) => customer(visit).touchMeal(given.barcode)),
  'POST /machines/:uid/take-meal': doing(barcode, (visit, given) => customer(visit).takeMeal(given.barcode)),
  'POST /machines/:uid/put-back-meal': doing(barcode, (visit, given) => customer(visit).putBackMeal(given.barcode)),
  'PATCH /machines/:uid/sensor': doing(sensors, (visit, given) => inside(visit).set(given)),
  'PATCH /machines/:uid/door': doing(door, (visit, given) => inside(visit).force(given.forced)),
  'POST /machines/:uid/measure': doing(measuring, (visit, given) => inside(visit).measure(given.minutes)),
  'POST /machines/:uid/send': async (visit) => {
    await inside(visit).fitted().reporter.send();
    return seen(visit);
  },
  'POST /machines/:uid/repeat': async (visit) => {
    await inside(visit).fitted().reporter.repeat();
    return seen(visit);
  },
  'POST /machines/:uid/heartbeat': async (visit) => {
    await inside(visit).fitted().beat();
    return seen(visit);
  },
};
