/**
 * A Stripe to run against: real HTTP on loopback, for stripe-node (`new Stripe(key, { host, port, protocol: 'http' })`),
 * for a browser (`<script src="URL/v3/">`) and for people (`hands`). API of 2026-10-28.
 *
 *     const fake = await startFakeStripe({ webhook: { url, secret } });
 *     new Stripe(fake.secretKey, { host: fake.host, port: fake.port, protocol: 'http' });
 *     fake.hands.payCheckout(sessionId);                       // what happens outside the API
 *     fake.faults.timeoutAfter('POST /v1/payment_intents');    // the next one takes effect and is never answered
 *     fake.faults.webhooks.duplicate(100);                     // every event a hundred times at once
 *     fake.time.advance(8 * 86_400_000);                       // holds lapse, sessions expire
 *     await fake.webhooks.deliver(eventId, { secret: 'wrong' });  // forged
 *     expect(fake.unknown).toEqual([]);                        // nothing was asked for that this fake does not know
 *     await fake.stop();
 *
 * A fault strikes the next request (or `times`) of its pattern: `POST /v1/payment_intents/*` with `*` for one part of the path,
 * a method alone, or `*`. With `times: Infinity` it lasts until `faults.clear()`.
 *
 * What is as at Stripe: errors and their codes, lists, `expand`, idempotency keys (the answer is kept once execution began,
 * a 500 too; 409 while in use; 400 for other parameters), cards `pm_card_*`, holds of seven days, fees, signatures.
 * What is not: subscriptions, tax, currencies without cents, and a declined test card can be attached to a customer here.
 */
import { createAccount, type Capture } from './account/account';
import { createFaults, type Faults } from './faults/faults';
import { createHands, type Hands } from './hands/hands';
import { answerPage } from './pages/pages';
import { lapse } from './payments/lapse';
import { jsonAnswer, textAnswer } from './server/answer';
import { answerApi } from './server/api';
import { createKeys } from './server/idempotency';
import type { ReceivedRequest, UnknownRequest } from './server/requests';
import { startServer, type IncomingRequest } from './server/server';
import type { FakeTime } from './account/time';
import type { WebhookFaults } from './webhooks/order';
import { createWebhooks, type Webhooks } from './webhooks/webhooks';
import type Stripe from 'stripe';

export type { Capture, ReceivedRequest, UnknownRequest };

export interface FakeStripeOptions {
  /** Any free one where absent. */
  readonly port?: number;
  /** Where events go; `webhooks.setUrl` can say so later. */
  readonly webhook?: { readonly url?: string; readonly secret?: string };
  /** Milliseconds since the epoch; `Date.now` where absent. */
  readonly clock?: () => number;
}

export interface FakeStripe {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly publishableKey: string;
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Every request of the API that arrived, whatever became of it, oldest first. */
  readonly requests: readonly ReceivedRequest[];
  /** Routes and parameters that this fake does not know. */
  readonly unknown: readonly UnknownRequest[];
  readonly faults: Faults & { readonly webhooks: WebhookFaults };
  readonly time: FakeTime;
  readonly hands: Hands;
  readonly webhooks: Webhooks;
  /** What is there, oldest first. */
  intents(): Stripe.PaymentIntent[];
  captures(): Capture[];
  refunds(): Stripe.Refund[];
  customers(): Stripe.Customer[];
  sessions(): Stripe.Checkout.Session[];
  events(): Stripe.Event[];
  stop(): Promise<void>;
}

export async function startFakeStripe({ port = 0, webhook = {}, clock = Date.now }: FakeStripeOptions = {}) {
  const account = createAccount(clock, () => lapse(account));
  const hands = createHands(account);
  const webhookSecret = webhook.secret ?? 'whsec_fake';
  const endpoint = { ...(webhook.url === undefined ? {} : { url: webhook.url }), secret: webhookSecret };
  const { webhooks, faults: webhookFaults, stop: stopWebhooks } = createWebhooks(account, endpoint);
  const { faults, take, downAs } = createFaults((status) => (account.refundStatus = status));
  const requests: ReceivedRequest[] = [];
  const unknown: UnknownRequest[] = [];
  const secretKey = 'sk_test_fake';
  const keys = createKeys(account.time.now);
  const parts = { account, secretKey, keys, takeFault: take, requests, unknown };

  const noSuchPage = ({ method, path }: IncomingRequest) => {
    // Browsers ask for an icon by themselves.
    if (path !== '/favicon.ico') unknown.push({ method, path });
    return textAnswer('plain', 'Not found', 404);
  };
  const answer = async (request: IncomingRequest) => {
    if (downAs() === 'cut') return 'cut' as const;
    if (downAs()) return jsonAnswer(503, { error: { type: 'api_error', message: 'Stripe is not available.' } });
    const { headers, path } = request;
    if (!path.startsWith('/v1/')) return answerPage(account, hands, request) ?? noSuchPage(request);
    const key = headers['idempotency-key'];
    const { authorization } = headers;
    return answerApi(parts, { ...request, authorization, idempotencyKey: typeof key === 'string' ? key : null });
  };
  const server = await startServer(port, answer);
  account.url = `http://127.0.0.1:${server.port}`;

  const fake: FakeStripe = {
    url: account.url,
    host: '127.0.0.1',
    port: server.port,
    publishableKey: 'pk_test_fake',
    secretKey,
    webhookSecret,
    requests,
    unknown,
    faults: { ...faults, webhooks: webhookFaults },
    time: account.time,
    hands,
    webhooks,
    intents: () => account.intents.all(),
    captures: () => [...account.captures],
    refunds: () => account.refunds.all(),
    customers: () => account.customers.all(),
    sessions: () => account.sessions.all(),
    events: () => account.events.all(),
    async stop() {
      stopWebhooks();
      await server.stop();
    },
  };
  return fake;
}
