/**
 * `POST /api/billing/webhook`: stored and answered at once, whatever there is to do about it. Ahead of Strapi's own stack,
 * because only here the bytes are as Stripe signed them.
 */
import type { IncomingMessage } from 'node:http';
import type Stripe from 'stripe';
import { refuse } from '../../../../../shared/http';
import { DatabaseUnavailable } from '../../../../../shared/sql';
import type { BillingParts } from '../core/parts';
import { readRawBody } from './raw-body';
import { readSigned } from './signature';
import { takeIn } from './take-in';

export const WEBHOOK_PATH = '/api/billing/webhook';

export interface WebhookContext {
  status: number;
  body: unknown;
  readonly req: IncomingMessage;
  set(field: string, value: string): void;
}

/** What the webhook needs of the room. */
export interface Endpoint {
  readonly parts: Pick<BillingParts, 'database' | 'queue'>;
  readonly webhookSecret: string;
  readonly webhooks: Stripe['webhooks'];
}

/** Answers 200 for what is stored now or was before, and a 4xx for what Stripe did not send. */
export async function receiveEvent(ctx: WebhookContext, { parts, webhookSecret, webhooks }: Endpoint): Promise<void> {
  const raw = await readRawBody(ctx.req);
  if (raw === null) {
    ctx.set('Connection', 'close');
    return refuse(ctx, 413, 'payload_too_large', 'An event is at most 1 MB.');
  }
  const header = ctx.req.headers['stripe-signature'];
  const signed = readSigned(raw, typeof header === 'string' ? header : undefined, webhookSecret, webhooks);
  if (signed.kind === 'unsigned') return refuseSignature(ctx);
  try {
    const { isTimely } = await takeIn([signed.event], 'webhook', signed.signedAt, parts);
    if (!isTimely) return refuseSignature(ctx);
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error;
    // Stripe sends it again.
    return refuse(ctx, 503, 'database_unavailable', 'Please try again in a moment.');
  }
  ctx.status = 200;
  ctx.body = { received: true };
}

function refuseSignature(ctx: WebhookContext): void {
  refuse(ctx, 400, 'invalid_signature', 'This was not signed by Stripe, or too long ago.');
}
