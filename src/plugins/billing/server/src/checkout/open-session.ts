/** Stripe's session of a checkout: made once, whatever becomes of the answers. */
import type Stripe from 'stripe';
import type { Invalid, NotNow } from '../core/answer';
import type { Checkout } from '../core/checkout';
import type { Front } from '../core/front';
import type { BillingParts } from '../core/parts';
import { changeCheckout } from '../store/checkouts';
import { burnKey, takeTicket } from '../store/stripe-calls';
import { fetchSession, findSessionOf, SESSION_EXPAND } from '../stripe/find-session';
import { sessionParams } from './session-params';

export type Opened = { readonly kind: 'session'; readonly session: Stripe.Checkout.Session } | Invalid | NotNow;

/** How often the call is made in one go, and how long another one with the same key is given, in milliseconds. */
const TRIES = 4;
const BUSY_MS = 250;

export async function openSession(
  checkout: Checkout,
  stripeCustomerId: string,
  parts: BillingParts,
  front: Front,
): Promise<Opened> {
  if (checkout.stripeSessionId !== null) {
    const answer = await fetchSession(checkout.stripeSessionId, parts.call);
    return answer.kind === 'ok' ? { kind: 'session', session: answer.value } : refusedOrNotNow(answer);
  }
  let last: NotNow = { kind: 'unavailable', message: 'Stripe was not asked.' };
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const ticket = await takeTicket(parts.database, `checkout:${checkout.documentId}`, 'checkout');
    if (ticket.isRepeated) {
      const found = await findSessionOf(checkout.documentId, stripeCustomerId, parts.call);
      if (found.kind !== 'ok') return refusedOrNotNow(found);
      if (found.value) return keep(checkout, found.value, parts);
    }
    const answer = await parts.call((stripe) =>
      stripe.checkout.sessions.create(
        { ...sessionParams(checkout, stripeCustomerId, front), expand: SESSION_EXPAND },
        { idempotencyKey: ticket.key },
      ),
    );
    switch (answer.kind) {
      case 'ok':
        return keep(checkout, answer.value, parts);
      case 'busy':
        last = answer;
        await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
        break;
      case 'unclear':
        if (answer.isKept) await burnKey(parts.database, ticket);
        last = answer;
        break;
      default:
        return refusedOrNotNow(answer);
    }
  }
  return last;
}

async function keep(checkout: Checkout, session: Stripe.Checkout.Session, { database }: BillingParts): Promise<Opened> {
  await changeCheckout(database, checkout.id, {
    to: 'open',
    stripeSessionId: session.id,
    expiresAt: new Date(session.expires_at * 1000),
  });
  return { kind: 'session', session };
}

function refusedOrNotNow(answer: Exclude<Awaited<ReturnType<typeof fetchSession>>, { kind: 'ok' }>): Invalid | NotNow {
  return answer.kind === 'declined' ? { kind: 'invalid', code: answer.code, message: answer.message } : answer;
}
