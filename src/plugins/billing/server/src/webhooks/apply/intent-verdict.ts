/** What an intent, as Stripe has it now, means for a payment of ours. Pure. */
import type Stripe from 'stripe';
import { moneyMessage } from '../../../../../../shared/money-messages';
import type { Payment } from '../../core/payment';

/** `over`: it has ended, and the job that settles it decides. `undecided`: a person does. */
export type PurchaseStage = 'live' | 'undecided' | 'over';

export type Verdict =
  | { readonly kind: 'nothing' }
  /** Captured, or gone before that could be: both end the payment. */
  | { readonly kind: 'settle' }
  | { readonly kind: 'released' }
  /** Stripe may say only now what it kept. */
  | { readonly kind: 'fees' }
  /** A hold that nobody waits for any more. */
  | { readonly kind: 'let_go' }
  | { readonly kind: 'contradiction'; readonly message: string }
  /** Somebody has to know, and the payment goes on: its end decides what it means. */
  | { readonly kind: 'tell'; readonly message: string };

type IntentNow = Pick<Stripe.PaymentIntent, 'id' | 'status' | 'cancellation_reason'>;
type PaymentNow = Pick<Payment, 'state' | 'paymentIntentId'>;

const nothing: Verdict = { kind: 'nothing' };

export function verdictOn(payment: PaymentNow, intent: IntentNow, stage: PurchaseStage): Verdict {
  if (payment.paymentIntentId !== intent.id) return onAnother(payment, intent);
  if (intent.status === 'succeeded') return onCaptured(payment);
  if (intent.status === 'canceled') return onCanceled(payment, intent, stage);
  return nothing;
}

/** An intent made for a payment that goes by another one, or by none: an answer that nobody heard. */
function onAnother({ state, paymentIntentId }: PaymentNow, { id, status }: IntentNow): Verdict {
  // One that is still under way looks for its intent itself.
  const isSettledWithout = paymentIntentId !== null || state === 'released' || state === 'declined';
  if (!isSettledWithout) return nothing;
  if (status === 'requires_capture') return { kind: 'let_go' };
  if (status === 'succeeded') {
    return { kind: 'tell', message: moneyMessage('charged_beside', { intent: id }) };
  }
  return nothing;
}

function onCaptured({ state }: PaymentNow): Verdict {
  switch (state) {
    case 'capturing':
      return { kind: 'settle' };
    case 'captured':
      return { kind: 'fees' };
    case 'releasing':
      return { kind: 'contradiction', message: moneyMessage('charged_undue') };
    case 'held':
    case 'action_required':
      return { kind: 'tell', message: moneyMessage('charged_early') };
    case 'released':
      return { kind: 'tell', message: moneyMessage('charged_released') };
    default:
      return nothing;
  }
}

function onCanceled({ state }: PaymentNow, intent: IntentNow, stage: PurchaseStage): Verdict {
  switch (state) {
    case 'capturing':
      return { kind: 'settle' };
    case 'releasing':
    case 'action_required':
      return { kind: 'released' };
    case 'held':
      if (stage === 'over') return nothing;
      if (stage === 'undecided' || intent.cancellation_reason === 'automatic') return { kind: 'settle' };
      return { kind: 'tell', message: moneyMessage('hold_cancelled_early') };
    default:
      return nothing;
  }
}
