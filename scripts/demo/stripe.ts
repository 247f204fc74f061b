/**
 * Where the demo's money goes: to the fake Stripe of the tests, or, where STRIPE_SECRET_KEY holds a test key, to Stripe itself.
 * A live key is refused: the demo charges cards.
 */
import { startFakeStripe } from '../../tests/fakes/stripe';
import { createStripe } from '../../src/plugins/billing/server/src/stripe/client';
import type { DemoCustomer } from './panel';

export interface DemoStripe {
  /** What a person calls it. */
  readonly name: string;
  /** For Larder's environment. */
  readonly settings: Readonly<Record<string, string>>;
  /** Saves a test card for a customer, as their app would have done; answers its id. */
  saveCard(customer: DemoCustomer): Promise<string>;
  stop(): Promise<void>;
}

const TIMEOUT_MS = 20_000;

export async function startStripe(environment: NodeJS.ProcessEnv): Promise<DemoStripe> {
  const { STRIPE_SECRET_KEY: key, STRIPE_PUBLISHABLE_KEY: publishable } = environment;
  if (!key) return startFake();
  if (!/^(sk|rk)_test_/.test(key)) throw new Error('The demo charges cards: STRIPE_SECRET_KEY must be a test key.');
  return {
    name: "Stripe's test mode",
    // No webhook reaches a demo: Larder finds out by itself, a little later.
    settings: settingsFor(key, publishable ?? 'pk_test_unused_in_the_demo', 'whsec_unused_in_the_demo'),
    saveCard: cardSaver(key, null),
    stop: async () => undefined,
  };
}

async function startFake(): Promise<DemoStripe> {
  const fake = await startFakeStripe();
  return {
    name: `a fake at ${fake.url}`,
    settings: {
      ...settingsFor(fake.secretKey, fake.publishableKey, 'whsec_unused_in_the_demo'),
      STRIPE_API_BASE: fake.url,
      STRIPE_JS_URL: `${fake.url}/v3/`,
    },
    saveCard: cardSaver(fake.secretKey, fake.url),
    stop: () => fake.stop(),
  };
}

function settingsFor(secretKey: string, publishableKey: string, webhookSecret: string): Record<string, string> {
  return {
    PAYMENTS: 'stripe',
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_PUBLISHABLE_KEY: publishableKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    BILLING_SWEEP_S: '5',
  };
}

function cardSaver(secretKey: string, apiBase: string | null) {
  const stripe = createStripe({ secretKey, apiBase, timeoutMs: TIMEOUT_MS });
  return async ({ id, email }: DemoCustomer): Promise<string> => {
    const customer = await stripe.customers.create({ email, metadata: { demo_customer: id } });
    return (await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id })).id;
  };
}
