/** The billing room, put together. */
import type { Core } from '@strapi/strapi';
import { runtime } from '../../../../../shared/runtime';
import { getService as alerts } from '../../../../alerts/server/src/services';
import type { PaymentProvider } from '../../../../purchases/server/src/ports/payment-provider';
import { noteMoney } from '../../../../purchases/server/src/services';
import type { BillingParts } from '../core/parts';
import { createBooksHandler } from '../books/check';
import { createNightlyCheck } from '../books/nightly';
import { BOOKS_OPTIONS, QUEUE_OPTIONS, queues } from '../core/queues';
import { createCheckoutSweep } from '../checkout/sweep';
import { recogniseCard } from '../customers/recognise-card';
import { authorize } from '../holds/authorize';
import { explainDecline } from '../holds/explain';
import { createRefundHandler } from '../refunds/make';
import { createRefundSweep } from '../refunds/sweep';
import { createSettleHandler, settleJob } from '../settle/settle';
import { createSweep } from '../settle/sweep';
import { ensureBillingSchema } from '../store/schema';
import { createStripeLine } from '../stripe/call';
import { createStripe } from '../stripe/client';
import { createForgetEvents } from '../webhooks/forget';
import { createDeadEventHandler, createEventHandler, EVENT_QUEUE_OPTIONS } from '../webhooks/handlers';
import { createEventSweep } from '../webhooks/sweep';
import { readSettings, type StripeConfig } from './settings';

export interface BillingRoom {
  readonly parts: BillingParts;
  readonly config: StripeConfig;
  /** The port of the purchases room, with `PAYMENTS=stripe`. */
  readonly payments: PaymentProvider;
}

const FORGET_EVERY_S = 60;

const rooms = new WeakMap<Core.Strapi, BillingRoom | null>();

/** The room of this application; null with `PAYMENTS=record`. Made on first use, before its queues are prepared. */
export function billingOf(strapi: Core.Strapi): BillingRoom | null {
  let room = rooms.get(strapi);
  if (room === undefined) {
    room = createRoom(strapi);
    rooms.set(strapi, room);
  }
  return room;
}

export async function prepareBilling(strapi: Core.Strapi): Promise<void> {
  await ensureBillingSchema(runtime(strapi).database);
}

function createRoom(strapi: Core.Strapi): BillingRoom | null {
  const { stripe: config, sweepSeconds, eventsKeepDays } = readSettings(strapi.config.get('plugin::billing'));
  if (!config) return null;
  const { database, locks, queue, schedule } = runtime(strapi);
  const notifier = alerts(strapi, 'notifier');
  const tell = (job: ReturnType<typeof notifier.raise>) =>
    queue.send(database, [job]).catch((error: Error) => strapi.log.warn(`An alert was not sent: ${error.message}`));
  const line = createStripeLine(createStripe(config), {
    onDown: (reason) =>
      void tell(
        notifier.raise({
          cause: 'stripe_down',
          severity: 'urgent',
          occurrence: `stripe_down:${new Date().toISOString()}`,
          machineId: null,
          transactionId: null,
          customerId: null,
          message: `Stripe does not answer: ${reason}`,
          vendorMessage: null,
        }),
      ),
    onUp: () => void tell(notifier.resolve('stripe_down', null)),
  });
  const parts: BillingParts = {
    database,
    locks,
    queue,
    call: line.call,
    isStripeUp: line.isUp,
    notifier,
    noteMoney,
    atRiskAmount: config.atRiskAmount,
    log: strapi.log,
  };
  queue.handle(queues.settle, QUEUE_OPTIONS, createSettleHandler(parts));
  schedule.every(sweepSeconds, 'billing.sweep', createSweep(parts));
  schedule.every(sweepSeconds, 'billing.checkouts', createCheckoutSweep(parts));
  queue.handle(queues.refund, QUEUE_OPTIONS, createRefundHandler(parts));
  schedule.every(sweepSeconds, 'billing.refunds', createRefundSweep(parts));
  queue.handle(queues.books, BOOKS_OPTIONS, createBooksHandler(parts));
  schedule.every(sweepSeconds, 'billing.books', createNightlyCheck(parts));
  queue.handle(queues.eventDead, QUEUE_OPTIONS, createDeadEventHandler(parts));
  queue.handle(queues.event, EVENT_QUEUE_OPTIONS, createEventHandler(parts));
  schedule.every(sweepSeconds, 'billing.events', createEventSweep(parts));
  schedule.every(FORGET_EVERY_S, 'billing.forget-events', createForgetEvents(database, eventsKeepDays));
  return {
    parts,
    config,
    payments: {
      authorize: (request) => authorize(request, parts),
      settle: (outcome) => [settleJob(outcome)],
      recogniseCard: (paymentMethodId) => recogniseCard(paymentMethodId, parts),
      explain: (transactionId) => explainDecline(transactionId, parts),
    },
  };
}
