/** What Stripe checks before it tries a card. */
import type Stripe from 'stripe';
import { attempt } from '../payments/confirm';
import { cardOf } from '../payments/lookup';
import { invalid, Problem } from '../wire/problem';
import type { Call } from './route';

interface Confirmation {
  /** Instead of the intent's own. */
  readonly payment_method?: string;
  readonly off_session?: unknown;
  readonly return_url?: string;
  readonly error_on_requires_action?: boolean;
}

/** @throws Problem 400 without a usable card, 402 where the card says no. */
export function confirmIntent({ account, verdict }: Call, intent: Stripe.PaymentIntent, params: Confirmation): void {
  const methodId = params.payment_method ?? intent.payment_method;
  if (typeof methodId !== 'string') {
    throw invalid("You cannot confirm this PaymentIntent because it's missing a payment method.", {
      code: 'payment_intent_unexpected_state',
      payment_intent: structuredClone(intent),
    });
  }
  const method = cardOf(account, methodId);
  if (method.customer !== null && method.customer !== intent.customer) {
    throw invalid(`The payment method ${method.id} belongs to another customer, or to one that was not given.`, {
      param: 'payment_method',
    });
  }
  const isOffSession = params.off_session === true;
  const mayRedirect = intent.automatic_payment_methods?.allow_redirects === 'always';
  if (!isOffSession && mayRedirect && !params.return_url) {
    throw invalid(
      'A `return_url` is needed because some payment methods redirect the customer. ' +
        'Give one, or set automatic_payment_methods[allow_redirects] to never.',
      { param: 'return_url' },
    );
  }
  attempt(account, intent, method, {
    offSession: isOffSession,
    ...(params.return_url === undefined ? {} : { returnUrl: params.return_url }),
    ...(verdict ? { verdict } : {}),
  });
  if (intent.status === 'requires_action' && params.error_on_requires_action) {
    intent.status = 'requires_payment_method';
    intent.next_action = null;
    throw new Problem(402, {
      type: 'card_error',
      code: 'authentication_required',
      message: 'This payment required an authentication action to complete.',
      payment_intent: structuredClone(intent),
    });
  }
}
