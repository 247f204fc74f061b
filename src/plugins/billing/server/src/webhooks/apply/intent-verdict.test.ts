import { PAYMENT_STATES, PAYMENT_TRANSITIONS, type PaymentState } from '../../core/payment';
import { verdictOn, type PurchaseStage } from './intent-verdict';

const STAGES: readonly PurchaseStage[] = ['live', 'undecided', 'over'];
const payment = (state: PaymentState, paymentIntentId: string | null = 'pi_1') => ({ state, paymentIntentId });
const intent = (
  status: 'succeeded' | 'canceled' | 'requires_capture' | 'processing',
  reason: 'automatic' | null = null,
) => ({
  id: 'pi_1',
  status,
  cancellation_reason: reason,
});
const kindOf = (...[of, at, stage]: Parameters<typeof verdictOn>) => verdictOn(of, at, stage).kind;

test('a verdict never asks for a step that the payment cannot take', () => {
  for (const state of PAYMENT_STATES) {
    for (const stage of STAGES) {
      for (const at of [intent('succeeded'), intent('canceled'), intent('canceled', 'automatic')]) {
        const kind = kindOf(payment(state), at, stage);
        const to = {
          settle: at.status === 'succeeded' ? 'captured' : 'review',
          released: 'released',
          contradiction: 'review',
        };
        const wanted = to[kind as keyof typeof to] as PaymentState | undefined;
        if (wanted) expect([state, PAYMENT_TRANSITIONS[state]]).toEqual([state, expect.arrayContaining([wanted])]);
      }
    }
  }
});

test.each<[PaymentState, string]>([
  ['capturing', 'settle'],
  ['captured', 'fees'],
  ['releasing', 'contradiction'],
  ['held', 'tell'],
  ['action_required', 'tell'],
  ['released', 'tell'],
  ['requested', 'nothing'],
  ['review', 'nothing'],
])('charged, and %s: %s', (state, kind) => {
  for (const stage of STAGES) expect(kindOf(payment(state), intent('succeeded'), stage)).toBe(kind);
});

test.each<[PaymentState, string]>([
  ['capturing', 'settle'],
  ['releasing', 'released'],
  ['action_required', 'released'],
  ['captured', 'nothing'],
  ['released', 'nothing'],
  ['review', 'nothing'],
])('cancelled, and %s: %s', (state, kind) => {
  for (const stage of STAGES) expect(kindOf(payment(state), intent('canceled'), stage)).toBe(kind);
});

test('a hold that is gone is for a person, unless the purchase goes on or its end is about to say', () => {
  const held = payment('held');
  expect(kindOf(held, intent('canceled'), 'live')).toBe('tell');
  expect(kindOf(held, intent('canceled'), 'undecided')).toBe('settle');
  expect(kindOf(held, intent('canceled'), 'over')).toBe('nothing');
  expect(kindOf(held, intent('canceled', 'automatic'), 'live')).toBe('settle');
  expect(kindOf(held, intent('requires_capture'), 'live')).toBe('nothing');
});

test('a second hold is let go; one that its payment still looks for is not', () => {
  const hold = intent('requires_capture');
  expect(kindOf(payment('held', 'pi_2'), hold, 'live')).toBe('let_go');
  expect(kindOf(payment('released', null), hold, 'over')).toBe('let_go');
  expect(kindOf(payment('declined', null), hold, 'over')).toBe('let_go');
  for (const state of ['requested', 'at_risk', 'capturing', 'releasing'] as const) {
    expect(kindOf(payment(state, null), hold, 'live')).toBe('nothing');
  }
  expect(kindOf(payment('held', 'pi_2'), intent('succeeded'), 'live')).toBe('tell');
});
