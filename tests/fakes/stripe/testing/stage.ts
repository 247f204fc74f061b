/** A fake Stripe with the real client before it, as tests of the fake want them. */
import Stripe from 'stripe';
import { startFakeStripe, type FakeStripe, type FakeStripeOptions } from '..';

export interface Stage {
  readonly fake: FakeStripe;
  readonly stripe: Stripe;
  /** A customer with a test card; their ids. */
  customerWith(card?: string): Promise<{ customer: string; card: string }>;
  /** A hold of 25 EUR on a saved card. */
  hold(card?: string): Promise<Stripe.PaymentIntent>;
}

export const clientOf = ({ secretKey, host, port }: FakeStripe, timeout = 2_000): Stripe =>
  new Stripe(secretKey, { host, port, protocol: 'http', maxNetworkRetries: 0, timeout, telemetry: false });

export async function stage(options?: FakeStripeOptions): Promise<Stage> {
  const fake = await startFakeStripe(options);
  const stripe = clientOf(fake);
  const customerWith = async (card = 'pm_card_visa') => {
    const { id: customer } = await stripe.customers.create({ email: 'anna@example.com' });
    return { customer, card: (await stripe.paymentMethods.attach(card, { customer })).id };
  };
  const hold = async (wanted?: string) => {
    const { customer, card } = await customerWith(wanted);
    return stripe.paymentIntents.create(holdOf(customer, card));
  };
  return { fake, stripe, customerWith, hold };
}

export const holdOf = (customer: string, card: string): Stripe.PaymentIntentCreateParams => ({
  amount: 2500,
  currency: 'eur',
  customer,
  payment_method: card,
  capture_method: 'manual',
  confirm: true,
  off_session: true,
  expand: ['latest_charge'],
});

/** The error of stripe-node that a call ends with. */
export async function failure(work: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error('The call was expected to fail.');
}
