/** The meals room, put together. */
import type { Core } from '@strapi/strapi';
import type { Job } from '../../../../../shared/jobs';
import { runtime } from '../../../../../shared/runtime';
import { getService as alerts } from '../../../../alerts/server/src/services';
import type { TelemetryPorts } from '../../../../telemetry/server/src/core/parts';
import type { PaymentProvider } from '../../../../purchases/server/src/ports/payment-provider';
import { allocateJob, createAllocateHandler, createDeadAllocateHandler } from '../allocate/allocate';
import type { MealsParts } from '../core/parts';
import { ALLOCATE_OPTIONS, COMPENSATE_OPTIONS, QUEUE_OPTIONS, queues, RECALL_OPTIONS } from '../core/queues';
import { checkEmptyJob, createCheckEmptyHandler } from '../device/check-empty';
import type { MealEvent } from '../device/facts';
import { createForgetMealEvents } from '../device/forget-events';
import type { DeviceMachine } from '../device/note-event';
import type { Judgement } from '../device/rules';
import { takeEvents } from '../device/take-events';
import { createStockCheckHandler, createStockNight } from '../check/compare';
import { createRecallHandler } from '../lots/refund-buyers';
import { getService as billing } from '../../../../billing/server/src/services';
import { createExposedHandler, exposedJob } from '../exposure/exposed';
import { restockTimes } from '../exposure/restock-times';
import { createCompensateHandler, createDeadCompensateHandler } from '../theft/compensate';
import { INVENTORY_JSON } from '../store/levels';
import { renewDue } from '../subscriptions/renew';
import { retryCharges } from '../subscriptions/retry-charges';

/** Told that a purchase is over. */
type Finished = (end: {
  readonly transactionId: string;
  readonly state: 'completed' | 'empty' | 'review';
}) => readonly Job[];

/** What follows the end of a purchase, without the meals. */
export interface Following {
  readonly payments: PaymentProvider;
  readonly finished: Finished;
}

export interface Meals {
  /** The same with the meals: what something was taken in is settled and told once it is known which meals went. */
  inFrontOf(following: Following): Following;
  /** What the telemetry room asks of this one. */
  readonly known: TelemetryPorts;
  /** What the device of a machine saw: written down and judged, in their order. */
  takeEvents(machine: DeviceMachine, events: readonly MealEvent[]): Promise<Judgement[]>;
}

/** A purchase renews its customer's own before it asks; this is for whoever reads them. */
const RENEW_EVERY_S = 60;

/** Each try waits for a day. */
const RETRY_CHARGES_EVERY_S = 600;

/** How often it is asked whether the night's check is due. */
const NIGHT_EVERY_S = 60;

const FORGET_EVERY_S = 60;

const rooms = new WeakMap<Core.Strapi, Meals>();

/** The room of this application. Made on first use, before its queues are prepared. */
export function mealsOf(strapi: Core.Strapi): Meals {
  let room = rooms.get(strapi);
  if (!room) {
    room = createRoom(strapi);
    rooms.set(strapi, room);
  }
  return room;
}

function createRoom(strapi: Core.Strapi): Meals {
  const { database, queue, schedule } = runtime(strapi);
  let following: Following | undefined;
  const parts: MealsParts = {
    database,
    queue,
    notifier: alerts(strapi, 'notifier'),
    tell: alerts(strapi, 'webhooks').tell,
    ...billing(strapi, 'periods'),
    follow: (outcome) => {
      if (!following) throw new Error('The meals were not told what follows a purchase.');
      const { transactionId } = outcome;
      return [...following.payments.settle(outcome), ...following.finished({ transactionId, state: 'completed' })];
    },
    blockAfterThefts: strapi.config.get<number>('plugin::meals.blockAfterThefts'),
    log: strapi.log,
  };
  queue.handle(queues.allocateDead, QUEUE_OPTIONS, createDeadAllocateHandler(parts));
  queue.handle(queues.allocate, ALLOCATE_OPTIONS, createAllocateHandler(parts));
  const refunds = () => billing(strapi, 'refunds').request;
  queue.handle(queues.recall, RECALL_OPTIONS, createRecallHandler(parts, refunds));
  queue.handle(queues.stockCheck, RECALL_OPTIONS, createStockCheckHandler(parts));
  schedule.every(NIGHT_EVERY_S, 'meals.stock-night', createStockNight(parts));
  queue.handle(queues.exposed, QUEUE_OPTIONS, createExposedHandler(database));
  queue.handle(queues.compensateDead, QUEUE_OPTIONS, createDeadCompensateHandler(parts));
  queue.handle(queues.compensate, COMPENSATE_OPTIONS, createCompensateHandler(parts));
  queue.handle(queues.checkEmpty, QUEUE_OPTIONS, createCheckEmptyHandler(parts));
  const eventsKeepDays = strapi.config.get<number>('plugin::meals.eventsKeepDays');
  schedule.every(FORGET_EVERY_S, 'meals.forget-events', createForgetMealEvents(database, eventsKeepDays));
  schedule.every(
    RENEW_EVERY_S,
    'meals.renew',
    async () => void (await database.transaction((sql) => renewDue(sql, null, parts))),
  );
  schedule.every(
    RETRY_CHARGES_EVERY_S,
    'meals.retry-charges',
    async () => void (await database.transaction((sql) => retryCharges(sql, parts))),
  );
  return {
    known: {
      restocks: restockTimes,
      exposed: (exposure) => [exposedJob(exposure)],
      inventory: INVENTORY_JSON,
    },
    takeEvents: (machine, events) => takeEvents(machine, events, parts),
    inFrontOf(given) {
      following = given;
      return {
        payments: {
          ...given.payments,
          settle(outcome) {
            if (outcome.state === 'completed') return [allocateJob(outcome)];
            const jobs = given.payments.settle(outcome);
            return outcome.state === 'empty' ? [...jobs, checkEmptyJob(outcome.transactionId)] : jobs;
          },
        },
        finished: (end) => (end.state === 'completed' ? [] : given.finished(end)),
      };
    },
  };
}
