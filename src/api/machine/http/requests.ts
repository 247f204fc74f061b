import { z } from 'zod';
import type { OpenRequest } from '../../../plugins/purchases/server/src/services';
import { fingerprint, isStorable, parse, storableText, type Caller, type Parsed } from '../../../shared/http';
import { MAX_AMOUNT } from '../../../shared/money';

const id = z.object({ id: storableText(120) });
const customerId = z
  .union([storableText(120), z.number().int().nonnegative()], 'must be a text or a whole number')
  .transform(String);
const currencies = new Set(Intl.supportedValuesOf('currency'));
/** More than this about a payment belongs to the payment provider. */
const PAYMENT_BYTES = 8192;

const statusQuery = z.object({ customerId: storableText(120).optional() });

/** `GET /machines/:id/status?customerId=` */
export function parseStatus(params: unknown, query: unknown): Parsed<{ id: string; customerId?: string | undefined }> {
  return parse(id.extend(statusQuery.shape), { ...Object(query), ...Object(params) });
}

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
const paymentByStripe = z
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

function stripeId(kind: string) {
  return z
    .string('must be a text')
    .regex(new RegExp(`^${kind}_[A-Za-z0-9_]{1,250}$`), `must be an id like ${kind}_123`);
}

const openBody = z.object({
  user: z.object({ id: customerId, email: z.email('must be an e-mail address').max(254) }),
  payment,
  referralCode: storableText(120).nullish(),
  expertId: storableText(120).nullish(),
});

const openBodyByStripe = openBody.extend({ payment: paymentByStripe.prefault({}) });

/** A customer who is logged in need not name themselves. */
const ofUser = { user: openBody.shape.user.partial().optional() };
const openBodyOfUser = openBody.extend(ofUser);
const openBodyOfUserByStripe = openBodyByStripe.extend(ofUser);

const idempotencyKey = z.object({ 'Idempotency-Key': storableText(255).optional() });

/** `POST /machines/:id/open`. `other_customer` where somebody who is logged in names somebody else. */
export function parseOpen(
  params: unknown,
  body: unknown,
  keyHeader: string,
  caller: Exclude<Caller, { kind: 'anybody' }>,
  payments: 'record' | 'stripe',
): Parsed<OpenRequest | 'other_customer'> {
  const path = parse(id, params);
  const isUser = caller.kind === 'customer';
  const given =
    payments === 'stripe'
      ? parse(isUser ? openBodyOfUserByStripe : openBodyByStripe, body ?? {})
      : parse(isUser ? openBodyOfUser : openBody, body ?? {});
  const key = parse(idempotencyKey, { 'Idempotency-Key': keyHeader === '' ? undefined : keyHeader });
  if (!path.ok || !given.ok || !key.ok) {
    return { ok: false, faults: [path, given, key].flatMap((part) => (part.ok ? [] : part.faults)) };
  }
  const { user, payment, referralCode, expertId } = given.value;
  if (caller.kind === 'customer' && user?.id !== undefined && user.id !== caller.customerId) {
    return { ok: true, value: 'other_customer' };
  }
  const customer =
    caller.kind === 'customer'
      ? { userId: caller.userId, id: caller.customerId }
      : { id: user?.id ?? '', email: user?.email ?? '' };
  return {
    ok: true,
    value: {
      machineKey: path.value.id,
      customer,
      amount: payment.amount ?? null,
      currency: payment.currency ?? null,
      paymentProvider: payment.provider,
      paymentIntentId: payment.paymentIntentId ?? null,
      payment,
      referralCode: referralCode ?? null,
      expertId: expertId ?? null,
      caller: caller.name,
      idempotencyKey: key.value['Idempotency-Key'] ?? null,
      requestHash: fingerprint([path.value.id, given.value]),
    },
  };
}
