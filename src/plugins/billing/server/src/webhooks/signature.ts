/** Whether bytes that arrived are an event that Stripe signed: https://docs.stripe.com/webhooks/signature */
import type Stripe from 'stripe';
import { z } from 'zod';
import type { StripeEvent } from './event';

/** How far the signature's time may be from the database's, in seconds, both ways. Stripe's own packages allow as much. */
export const TOLERANCE_S = 300;

export type SignedEvent =
  | { readonly kind: 'signed'; readonly event: StripeEvent; /** Seconds since the epoch. */ readonly signedAt: number }
  | { readonly kind: 'unsigned' };

const eventSchema = z.object({
  id: z.string().regex(/^evt_[A-Za-z0-9_]{1,200}$/),
  object: z.literal('event'),
  type: z.string().regex(/^[a-z0-9_.]{1,120}$/),
  created: z.number().int().nonnegative().max(4_000_000_000),
  livemode: z.boolean(),
  api_version: z.string().max(60).nullish(),
  data: z.looseObject({ object: z.looseObject({}) }),
});

/**
 * Checks the signature over the bytes as they came, and reads what they say. How old it may be is decided by the
 * database's clock, when the event is stored.
 */
export function readSigned(
  raw: Buffer,
  header: string | undefined,
  secret: string,
  webhooks: Stripe['webhooks'],
): SignedEvent {
  if (header === undefined) return { kind: 'unsigned' };
  let given: unknown;
  try {
    // A tolerance of 0 leaves the time to us: the package lets any time in the future pass.
    given = webhooks.constructEvent(raw, header, secret, 0);
  } catch {
    return { kind: 'unsigned' };
  }
  const signedAt = signedAtOf(header);
  const event = eventSchema.safeParse(given);
  if (signedAt === null || !event.success) return { kind: 'unsigned' };
  return { kind: 'signed', event: { ...event.data, payload: given }, signedAt };
}

/** The time that was signed. Where a header names several, the last one is part of what the signature is over. */
export function signedAtOf(header: string): number | null {
  const times = header.split(',').flatMap((item) => (item.startsWith('t=') ? [item.slice(2)] : []));
  const last = times.at(-1);
  return last !== undefined && /^\d{1,12}$/.test(last) ? Number(last) : null;
}
