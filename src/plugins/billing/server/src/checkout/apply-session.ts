/**
 * What a session at Stripe says, into the checkout. Whoever hears of a session calls this (a page, a webhook, a sweep), as
 * often as they like and in any order: a change happens once, and what comes late changes nothing.
 */
import type Stripe from 'stripe';
import { StripeNotNow } from '../core/answer';
import type { Checkout } from '../core/checkout';
import type { BillingParts } from '../core/parts';
import { changeCheckout, findCheckout, findCheckoutBySession } from '../store/checkouts';
import { CHECKOUT_METADATA, fetchSession } from '../stripe/find-session';
import { recordCard } from './record-card';
import { recordPaid } from './record-paid';
import { isWhole, stateOf } from './session-state';

/**
 * @param given a session as it is now; fetched once more where its intents are only ids.
 * @returns the checkout as it is then; undefined for a session that is none of Larder's.
 * @throws {StripeNotNow} when Stripe has to be asked and cannot say now.
 */
export async function applySession(given: Stripe.Checkout.Session, parts: BillingParts): Promise<Checkout | undefined> {
  const checkout = await checkoutOf(given, parts);
  if (!checkout) return undefined;
  const session = isWhole(given) ? given : await whole(given.id, parts);
  const to = stateOf(session);
  if (to === 'complete' && checkout.mode === 'setup') await recordCard(checkout, session, parts);
  else if (to === 'complete') await recordPaid(checkout, session, parts);
  else {
    const expiresAt = new Date(session.expires_at * 1000);
    await changeCheckout(parts.database, checkout.id, { to, stripeSessionId: session.id, expiresAt });
  }
  return findCheckout(parts.database, checkout.documentId);
}

/** By the session, or, where the answer that named it got lost, by what we had told Stripe. */
async function checkoutOf(session: Stripe.Checkout.Session, { database }: BillingParts): Promise<Checkout | undefined> {
  const known = await findCheckoutBySession(database, session.id);
  if (known) return known;
  const documentId = session.metadata?.[CHECKOUT_METADATA];
  const named = documentId === undefined ? undefined : await findCheckout(database, documentId);
  return named?.stripeSessionId === null ? named : undefined;
}

async function whole(id: string, { call }: BillingParts): Promise<Stripe.Checkout.Session> {
  const answer = await fetchSession(id, call);
  if (answer.kind === 'ok') return answer.value;
  throw new StripeNotNow('Look at a checkout session', answer);
}
