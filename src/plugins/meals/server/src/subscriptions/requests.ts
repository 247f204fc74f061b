import { z } from 'zod';
import { optionalText, parse, storableText, type Parsed } from '../../../../../shared/http';

const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], 'must be an ISO 8601 date or time')
  .transform((text) => new Date(text));
const customerId = z
  .union([storableText(120), z.number().int().nonnegative()], 'must be a text or a whole number')
  .transform(String);

const order = z
  .strictObject({
    user: z.strictObject({ id: customerId, email: z.email('must be an e-mail address').max(254) }),
    plan: storableText(120),
    validFrom: moment.nullish(),
    validTo: moment.nullish(),
    referralCode: optionalText(120),
    expertId: optionalText(120),
  })
  .refine(({ validFrom, validTo }) => !validTo || validTo > (validFrom ?? new Date(0)), {
    path: ['validTo'],
    message: 'must be after validFrom',
  });

export type SubscriptionOrder = z.output<typeof order>;

/** `POST /subscriptions`; the key makes a repeated call harmless. */
export function parseOrder(body: unknown, key: string): Parsed<{ order: SubscriptionOrder; key: string | null }> {
  const parsed = parse(order, body);
  if (!parsed.ok) return parsed;
  if (key === '') return { ok: true, value: { order: parsed.value, key: null } };
  const checked = parse(z.object({ 'Idempotency-Key': storableText(255) }), { 'Idempotency-Key': key });
  return checked.ok ? { ok: true, value: { order: parsed.value, key: checked.value['Idempotency-Key'] } } : checked;
}

const STATES = ['active', 'past_due', 'paused', 'ended'] as const;
const whole = () => z.coerce.number('must be a whole number').int('must be a whole number');

const search = z.strictObject({
  user: storableText(120).optional(),
  state: z.enum(STATES, `must be one of ${STATES.join(', ')}`).optional(),
  page: whole().min(1).max(100_000).default(1),
  pageSize: whole().min(1).max(100).default(25),
});

export function parseSearch(query: unknown): Parsed<z.output<typeof search>> {
  return parse(search, query);
}

export function parseId(params: unknown): Parsed<{ id: string }> {
  return parse(z.object({ id: storableText(120) }), params);
}

const span = z.strictObject({ from: moment.optional(), to: moment.optional() });

/** What a report is over; everything where neither is given. */
export function parseSpan(query: unknown): Parsed<{ from: Date | null; to: Date | null }> {
  const parsed = parse(span, query);
  return parsed.ok ? { ok: true, value: { from: parsed.value.from ?? null, to: parsed.value.to ?? null } } : parsed;
}
