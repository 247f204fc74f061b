import path from 'node:path';
import type Stripe from 'stripe';
import { createStripe } from '../../src/plugins/billing/server/src/stripe/client';
import type { StripeAddress, StripeOrder } from '../children/stripe';
import { firstMessage, type Processes } from './processes';

/** A fake Stripe in a process of its own. */
export interface BenchStripe {
  /** For the environment of the Larder that takes money there. */
  readonly env: Readonly<Record<string, string>>;
  /** The bench's own client: what the calls cost without Larder. */
  readonly client: Stripe;
  /** Sends the events of all that happens to this Larder. */
  deliverTo(larderUrl: string): void;
  /** A new customer's card that can be charged while they are away. */
  saveCard(customer: string): Promise<{ readonly customerId: string; readonly cardId: string }>;
  stop(): Promise<void>;
}

const TIMEOUT_MS = 20_000;

export async function startBenchStripe(processes: Processes, project: string): Promise<BenchStripe> {
  const script = path.join(project, 'bench', 'children', 'stripe.ts');
  const child = processes.startChild(script, [], { PATH: process.env.PATH ?? '' });
  const { url, secretKey, publishableKey, webhookSecret } = await firstMessage<StripeAddress>(child);
  const client = createStripe({ secretKey, apiBase: url, timeoutMs: TIMEOUT_MS });
  return {
    env: {
      PAYMENTS: 'stripe',
      STRIPE_SECRET_KEY: secretKey,
      STRIPE_PUBLISHABLE_KEY: publishableKey,
      STRIPE_WEBHOOK_SECRET: webhookSecret,
      STRIPE_API_BASE: url,
    },
    client,
    deliverTo: (larderUrl) =>
      void child.process.send({ deliverTo: `${larderUrl}/api/billing/webhook` } satisfies StripeOrder),
    async saveCard(customer) {
      const { id: customerId } = await client.customers.create({ email: `${customer}@example.com` });
      const { id: cardId } = await client.paymentMethods.attach('pm_card_visa', { customer: customerId });
      return { customerId, cardId };
    },
    stop: child.stop,
  };
}
