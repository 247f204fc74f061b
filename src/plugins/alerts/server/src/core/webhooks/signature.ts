/**
 * The signature of an outgoing webhook, in the header `Larder-Signature: t=<unix seconds>,v1=<hex>`: HMAC-SHA256 with the
 * shared secret over the seconds, a full stop and the body's bytes. The form is the one Stripe made common:
 * https://docs.stripe.com/webhooks#verify-manually.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const SIGNATURE_HEADER = 'Larder-Signature';

/** The header's value for a body sent at `seconds` (Unix time). */
export function sign(body: string, secret: string, seconds: number): string {
  return `t=${seconds},v1=${digest(body, secret, seconds)}`;
}

export type Verification =
  | { readonly kind: 'valid'; readonly sentAt: Date }
  | { readonly kind: 'invalid'; readonly reason: 'malformed' | 'forged' | 'stale' };

export interface VerifyOptions {
  /** Seconds the sender's clock may be off, and a message may be under way. */
  readonly toleranceSeconds?: number;
  readonly now?: Date;
}

/**
 * Whether a webhook comes from the holder of `secret` and is fresh. A receiver calls it with the raw body, before parsing.
 * Further `v1` values (while a secret is being changed) are tried in turn.
 */
export function verify(
  body: string,
  header: string | undefined,
  secret: string,
  options: VerifyOptions = {},
): Verification {
  const { toleranceSeconds = 300, now = new Date() } = options;
  const parts = (header ?? '').split(',').map((part) => part.trim());
  const seconds = Number(/^t=(\d{1,12})$/.exec(parts[0] ?? '')?.[1] ?? Number.NaN);
  const signatures = parts.slice(1).flatMap((part) => /^v1=([0-9a-f]{64})$/.exec(part)?.[1] ?? []);
  if (Number.isNaN(seconds) || signatures.length === 0) return { kind: 'invalid', reason: 'malformed' };
  const wanted = Buffer.from(digest(body, secret, seconds), 'hex');
  const isGenuine = signatures.some((signature) => timingSafeEqual(Buffer.from(signature, 'hex'), wanted));
  if (!isGenuine) return { kind: 'invalid', reason: 'forged' };
  const age = Math.abs(now.getTime() / 1000 - seconds);
  return age > toleranceSeconds
    ? { kind: 'invalid', reason: 'stale' }
    : { kind: 'valid', sentAt: new Date(seconds * 1000) };
}

function digest(body: string, secret: string, seconds: number): string {
  return createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
}
