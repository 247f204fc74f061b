/** The fake Stripe as a process: says its address and keys, then sends its events to where its parent says. */
import { startFakeStripe } from '../../tests/fakes/stripe';

export interface StripeAddress {
  readonly url: string;
  readonly secretKey: string;
  readonly publishableKey: string;
  readonly webhookSecret: string;
}

export interface StripeOrder {
  readonly deliverTo: string;
}

async function main(): Promise<void> {
  const fake = await startFakeStripe();
  const { url, secretKey, publishableKey, webhookSecret } = fake;
  process.on('message', ({ deliverTo }: StripeOrder) => fake.webhooks.setUrl(deliverTo));
  // A parent that died leaves nobody to serve.
  process.on('disconnect', () => process.exit(0));
  process.send?.({ url, secretKey, publishableKey, webhookSecret } satisfies StripeAddress);
}

void main();
