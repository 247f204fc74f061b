import type Stripe from 'stripe';
import { createStripe } from '../../src/plugins/billing/server/src/stripe/client';
import { startFakeStripe, type FakeStripe } from '../fakes/stripe';
import { eventually } from './eventually';
import { openOf, startWorld, type PurchaseBody, type World, type WorldOptions } from './world';

/** A world whose money is at a fake Stripe. */
export interface StripeWorld extends World {
  readonly fake: FakeStripe;
  /** A front end's own client of that Stripe. */
  readonly stripe: Stripe;
  /** Saves a test card for a customer at Stripe, as a front end does; answers the card's id. */
  saveCard(customer: string, card?: string): Promise<string>;
  /** Asks for a door with that card. */
  openWith(machine: string, customer: string, payment: object): ReturnType<World['open']>;
  /** Saves a card, opens the door, and answers the purchase's id; throws unless it is open. */
  openedWithCard(machine: string, customer: string): Promise<string>;
  payment(id: string): Promise<PaymentFacts>;
  /** Waits until the purchase's `paymentState` is one of these. */
  untilPaid(id: string, states: string | readonly string[], withinMs?: number): Promise<MoneyBody>;
}

export type MoneyBody = PurchaseBody & {
  authorizedAmount: number;
  capturedAmount: number | null;
  refundedAmount: number | null;
  paymentState: string;
  paymentIntentId: string | null;
};

export type PaymentFacts = {
  state: string;
  authorized_amount: number;
  captured_amount: number;
  payment_intent_id: string | null;
  failure_code: string | null;
};

const TIMEOUT_MS = 5000;

/** The environment of a Larder whose Stripe is this fake. */
export function stripeEnv(fake: FakeStripe): Record<string, string> {
  return {
    PAYMENTS: 'stripe',
    STRIPE_SECRET_KEY: fake.secretKey,
    STRIPE_PUBLISHABLE_KEY: fake.publishableKey,
    STRIPE_WEBHOOK_SECRET: fake.webhookSecret,
    STRIPE_API_BASE: fake.url,
    STRIPE_JS_URL: `${fake.url}/v3/`,
    STRIPE_TIMEOUT_MS: '1000',
    BILLING_SWEEP_S: '1',
  };
}

export async function startStripeWorld({ env = {}, ...options }: WorldOptions = {}): Promise<StripeWorld> {
  const fake = await startFakeStripe();
  const world = await startWorld({
    ...options,
    // A hold is a call to Stripe more before the door: the answer is waited for a little longer.
    env: { OPEN_REPLY_WITHIN_MS: '4000', ...stripeEnv(fake), ...env },
  });
  const stripe: Stripe = createStripe({ secretKey: fake.secretKey, apiBase: fake.url, timeoutMs: TIMEOUT_MS });
  const saveCard = async (customer: string, card = 'pm_card_visa') => {
    const known = await stripe.customers.list({ email: emailOf(customer), limit: 1 });
    const owner = known.data[0] ?? (await stripe.customers.create({ email: emailOf(customer) }));
    return (await stripe.paymentMethods.attach(card, { customer: owner.id })).id;
  };
  const openWith = (machine: string, customer: string, payment: object) =>
    world.larder.post(`/api/machines/${machine}/open`, {
      user: { id: customer, email: emailOf(customer) },
      payment,
    });
  const added = {
    fake,
    stripe,
    saveCard,
    openWith,
    async openedWithCard(machine: string, customer: string) {
      const paymentMethodId = await saveCard(customer);
      const response = await openWith(machine, customer, { paymentMethodId, amount: 2500, currency: 'EUR' });
      return openOf(response, world);
    },
    async payment(id: string) {
      const [row] = await world.database.sql.rows<PaymentFacts>(
        `select state, authorized_amount, captured_amount, payment_intent_id, failure_code from payments where key = $1`,
        [`purchase:${id}`],
      );
      if (!row) throw new Error(`Purchase ${id} has no payment.`);
      return row;
    },
    untilPaid: (id: string, states: string | readonly string[], withinMs = 20_000) =>
      eventually(
        async () => {
          const purchase = (await world.purchase(id)) as MoneyBody;
          if (![states].flat().includes(purchase.paymentState))
            throw new Error(`The money of ${id} is ${purchase.paymentState}, not ${String(states)}.`);
          return purchase;
        },
        { withinMs },
      ),
    async stop() {
      await world.stop();
      await fake.stop();
    },
  };
  // Not a copy: `larder` is replaced after a crash, and the world's own functions look at it there.
  return new Proxy(world, {
    get: (target, name) => Reflect.get(name in added ? added : target, name) as unknown,
  }) as StripeWorld;
}

export function emailOf(customer: string): string {
  return `${customer.toLowerCase()}@example.com`;
}
