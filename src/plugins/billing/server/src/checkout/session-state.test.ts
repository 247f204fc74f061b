import type Stripe from 'stripe';
import { CHECKOUT_STATES, checkoutStatesBefore, isEnded } from '../core/checkout';
import { isWhole, stateOf } from './session-state';

const session = (facts: object) =>
  ({
    payment_intent: null,
    setup_intent: null,
    payment_status: 'unpaid',
    status: 'open',
    ...facts,
  }) as Stripe.Checkout.Session;
const intent = (facts: object) => ({
  id: 'pi_1',
  last_payment_error: null,
  status: 'requires_payment_method',
  ...facts,
});

test.each([
  [session({}), 'open'],
  [session({ payment_intent: intent({}) }), 'open'],
  [session({ payment_intent: intent({ last_payment_error: { code: 'card_declined' } }) }), 'declined'],
  [session({ setup_intent: { last_setup_error: { code: 'card_declined' } } }), 'declined'],
  [session({ status: 'expired' }), 'expired'],
  [
    session({ status: 'complete', payment_status: 'paid', payment_intent: intent({ status: 'succeeded' }) }),
    'complete',
  ],
  [session({ status: 'complete', payment_status: 'no_payment_required', setup_intent: {} }), 'complete'],
  [session({ status: 'complete', payment_intent: intent({ status: 'processing' }) }), 'pending'],
  [session({ status: 'complete', payment_intent: intent({ status: 'requires_payment_method' }) }), 'declined'],
  [session({ status: 'complete', payment_intent: intent({ status: 'canceled' }) }), 'declined'],
  // An earlier attempt failed, the last one did not.
  [
    session({
      status: 'complete',
      payment_status: 'paid',
      payment_intent: intent({ last_payment_error: { code: 'x' } }),
    }),
    'complete',
  ],
])('%#: %o', (given, state) => expect(stateOf(given)).toBe(state));

test('a session with ids in the place of its intents has to be fetched', () => {
  expect(isWhole(session({ payment_intent: 'pi_1' }))).toBe(false);
  expect(isWhole(session({ setup_intent: 'seti_1' }))).toBe(false);
  expect(isWhole(session({ payment_intent: intent({}) }))).toBe(true);
});

test('what has ended never changes, and nothing goes back to its beginning', () => {
  for (const to of CHECKOUT_STATES) {
    expect(checkoutStatesBefore(to).filter(isEnded)).toEqual([]);
    expect(checkoutStatesBefore(to)).not.toContain(to);
  }
  expect(checkoutStatesBefore('requested')).toEqual([]);
  expect(checkoutStatesBefore('open')).toEqual(['requested']);
});
