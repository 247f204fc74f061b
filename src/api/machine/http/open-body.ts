/** The body of `POST open`: what is the same for whoever asks. */
import { z } from 'zod';
import { isStorable, optionalText, storableText } from '../../../shared/http';
import { MAX_AMOUNT } from '../../../shared/money';

const customerId = z
  .union([storableText(120), z.number().int().nonnegative()], 'must be a text or a whole number')
  .transform(String);
const currencies = new Set(Intl.supportedValuesOf('currency'));
/** More than this about a payment belongs to the payment provider. */
const PAYMENT_BYTES = 8192;

const payment = z
  .looseObject({
    provider: storableText(60),
    paymentIntentId: storableText(255).nullish(),
    amount: z
      .number('must be a whole number of minor units')
      .int('must be a whole number of minor units')
      .min(1, 'must be at least 1')
      .max(MAX_AMOUNT, `must be at most ${MAX_AMOUNT}`),
    currency: z
      .string('must be a text')
      .trim()
      .toUpperCase()
      .refine((code) => currencies.has(code), 'must be an ISO 4217 currency code'),
  })
  .refine(isStorable, 'must not contain NUL or broken characters')
  .refine((given) => JSON.stringify(given).length <= PAYMENT_BYTES, `must have at most ${PAYMENT_BYTES} characters`);

/** Where Larder asks Stripe itself, a saved card and the machine's ceiling may stand for all of it. */
export const paymentByStripe = z
  .looseObject({
    provider: z.literal('stripe', 'must be "stripe"').default('stripe'),
    paymentIntentId: stripeId('pi').nullish(),
    paymentMethodId: stripeId('pm').nullish(),
    amount: payment.shape.amount.nullish(),
    currency: payment.shape.currency.nullish(),
  })
  .refine(isStorable, 'must not contain NUL or broken characters')
  .refine((given) => JSON.stringify(given).length <= PAYMENT_BYTES, `must have at most ${PAYMENT_BYTES} characters`)
  .refine((given) => (given.amount ?? null) === null || (given.currency ?? null) !== null, {
    path: ['currency'],
    message: 'is needed with an amount',
  });

export function stripeId(kind: string) {
  return z
    .string('must be a text')
    .regex(new RegExp(`^${kind}_[A-Za-z0-9_]{1,250}$`), `must be an id like ${kind}_123`);
}

export const openBody = z.object({
  user: z.object({ id: customerId, email: z.email('must be an e-mail address').max(254) }),
  payment,
  referralCode: optionalText(120),
  expertId: optionalText(120),
});

export const openBodyByStripe = openBody.extend({ payment: paymentByStripe.prefault({}) });
