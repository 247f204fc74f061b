/**
 * Secures the ceiling of a purchase before its door is asked to open: a new hold on a saved card, or an intent that the
 * front end authorised. Each outcome is in the payment's row before it is answered.
 */
import type Stripe from 'stripe';
import { moneyMessage } from '../../../../../shared/money-messages';
import { violatedConstraint } from '../../../../../shared/sql';
import type { Authorization, AuthorizationRequest } from '../../../../purchases/server/src/ports/payment-provider';
import type { NotNow } from '../core/answer';
import type { BillingParts } from '../core/parts';
import { placedHold } from '../core/postings';
import { beginHold, type HoldOrder } from '../store/begin-hold';
import { adoptStripeCustomer } from '../store/customers';
import { post } from '../store/ledger';
import { ledgerOf } from '../store/ledger-of';
import { changePayment, findPaymentByKey } from '../store/payments';
import { factsOf, idOf } from '../stripe/intent-facts';
import { placeHold } from './place';
import { takeOverHold } from './take-over';
import { trust } from './trust';

export async function authorize(request: AuthorizationRequest, parts: BillingParts): Promise<Authorization> {
  const { transactionId, amount, currency, paymentIntentId } = request;
  const isTakenOver = paymentIntentId !== null;
  const order = await beginHold(parts.database, { transactionId, amount, currency, isTakenOver });
  if (!order) return { kind: 'unavailable', message: 'the purchase is not there' };
  if (order.payment.state !== 'requested') return again(order, parts);
  if (order.debtCount > 0) {
    return decline(order, 'debt_outstanding', moneyMessage('debt_outstanding'), null, parts);
  }
  return isTakenOver ? takeOver(order, paymentIntentId, amount, parts) : hold(order, parts);
}

async function takeOver(order: HoldOrder, paymentIntentId: string, amount: number, parts: BillingParts) {
  const { payment, stripeCustomerId } = order;
  const taken = await takeOverHold({ paymentIntentId, amount, currency: payment.currency, stripeCustomerId }, parts);
  if (taken.kind === 'unfit') return decline(order, taken.code, taken.message, null, parts);
  if (taken.kind !== 'placed') return notNow(taken);
  const customer = idOf(taken.intent.customer);
  if (customer !== null && !(await isTheirs(order, customer, parts))) {
    return decline(order, 'payment_intent_customer', moneyMessage('intent_customer'), null, parts);
  }
  return keep(order, taken.intent, parts);
}

async function hold(order: HoldOrder, parts: BillingParts): Promise<Authorization> {
  const { payment, paymentMethodId } = order;
  if (paymentMethodId === null) {
    return decline(order, 'payment_method_missing', 'There is no saved card to hold the amount on.', null, parts);
  }
  const customer = await whose(order, paymentMethodId, parts);
  if (customer.kind === 'anothers') {
    return decline(order, 'payment_method_unusable', 'This card cannot be used.', null, parts);
  }
  if (customer.kind === 'not_now') return trustOr(customer.answer, order, parts);
  const placed = await placeHold(
    {
      payment,
      amount: payment.authorizedAmount,
      paymentMethodId,
      stripeCustomerId: customer.stripeCustomerId,
      operation: 'hold',
    },
    parts,
  );
  if (placed.kind === 'placed') return keep(order, placed.intent, parts);
  if (placed.kind === 'declined') return decline(order, placed.code, placed.message, placed.intent, parts);
  return trustOr(placed, order, parts);
}

type Whose =
  | { readonly kind: 'customer'; readonly stripeCustomerId: string | null }
  | { readonly kind: 'anothers' }
  | { readonly kind: 'not_now'; readonly answer: NotNow };

/** Stripe wants a saved card named together with its customer; of a customer we do not know yet, the card tells. */
async function whose(order: HoldOrder, paymentMethodId: string, parts: BillingParts): Promise<Whose> {
  const { payment, stripeCustomerId } = order;
  if (stripeCustomerId !== null || !payment.user) return { kind: 'customer', stripeCustomerId };
  const answer = await parts.call((stripe) => stripe.paymentMethods.retrieve(paymentMethodId));
  if (answer.kind === 'invalid' || answer.kind === 'declined') return { kind: 'anothers' };
  if (answer.kind !== 'ok') return { kind: 'not_now', answer };
  const customer = idOf(answer.value.customer);
  if (customer === null) return { kind: 'customer', stripeCustomerId: null };
  return (await isTheirs(order, customer, parts))
    ? { kind: 'customer', stripeCustomerId: customer }
    : { kind: 'anothers' };
}

/** Whether this customer at Stripe is the purchase's own. Where none is known, the word of a front end makes it so. */
async function isTheirs({ payment, stripeCustomerId, isFrontEnd }: HoldOrder, customer: string, parts: BillingParts) {
  if (stripeCustomerId !== null) return customer === stripeCustomerId;
  return isFrontEnd && payment.user !== null && adoptStripeCustomer(parts.database, payment.user.id, customer);
}

/** The hold stands: into the row and the ledger. One that a later purchase brings back is handed over to it. */
async function keep(order: HoldOrder, intent: Stripe.PaymentIntent, parts: BillingParts): Promise<Authorization> {
  const { payment } = order;
  const facts = factsOf(intent);
  const amount = intent.amount_capturable;
  const outcome = await parts.database
    .transaction(async (sql) => {
      await sql.rows(
        {
          name: 'billing.hand-over',
          text: `
update payments p set state = 'handed_over', ended_at = now(), updated_at = now()
from payments_user_lnk l
where p.payment_intent_id = $1 and p.state = 'action_required' and l.payment_id = p.id and l.user_id = $2`,
        },
        [intent.id, payment.user?.id ?? null],
      );
      const isKept = await changePayment(sql, payment.id, { to: 'held', authorizedAmount: amount, ...facts });
      if (isKept) await post(sql, [placedHold(payment.key, amount)], ledgerOf(payment));
      return isKept ? 'kept' : 'late';
    })
    .catch((error: unknown) => {
      if (violatedConstraint(error) === 'payments_intent_unique') return 'used' as const;
      throw error;
    });
  if (outcome === 'used') {
    return decline(order, 'payment_intent_used', 'The payment intent pays for another purchase.', null, parts);
  }
  if (outcome === 'late') {
    // The purchase was given up meanwhile, and whoever gave it up may have found no hold to release.
    await parts.call((stripe) => stripe.paymentIntents.cancel(intent.id));
    return { kind: 'unavailable', message: 'the purchase was given up meanwhile' };
  }
  return {
    kind: 'authorized',
    amount,
    paymentIntentId: intent.id,
    paymentState: 'held',
    captureBefore: facts.captureBefore,
  };
}

async function decline(
  { payment }: HoldOrder,
  code: string,
  message: string,
  intent: Stripe.PaymentIntent | null,
  parts: BillingParts,
): Promise<Authorization> {
  const needsCustomer = code === 'authentication_required' && intent !== null;
  await changePayment(parts.database, payment.id, {
    to: needsCustomer ? 'action_required' : 'declined',
    failureCode: needsCustomer ? 'requires_action' : code,
    message,
    ...(intent && factsOf(intent)),
  });
  return { kind: 'declined', code: needsCustomer ? 'requires_action' : code, message };
}

/** Stripe is away. A customer who paid before may be trusted, where that is configured. */
async function trustOr(answer: NotNow, order: HoldOrder, parts: BillingParts): Promise<Authorization> {
  const { payment } = order;
  if (parts.atRiskAmount === 0 || !order.isKnown || order.paymentMethodId === null) return notNow(answer);
  const isTrusted = await parts.database.transaction((sql) => trust(sql, payment, parts.atRiskAmount));
  if (!isTrusted) return notNow(answer);
  return {
    kind: 'authorized',
    amount: payment.authorizedAmount,
    paymentIntentId: null,
    paymentState: 'at_risk',
    captureBefore: null,
  };
}

/** The same purchase asked once more: what was found out before stands. */
async function again({ payment }: HoldOrder, parts: BillingParts): Promise<Authorization> {
  const current = (await findPaymentByKey(parts.database, payment.key)) ?? payment;
  if (current.state === 'held' || current.state === 'at_risk') {
    return {
      kind: 'authorized',
      amount: current.authorizedAmount,
      paymentIntentId: current.paymentIntentId,
      paymentState: current.state,
      captureBefore: null,
    };
  }
  const isDeclined = current.state === 'declined' || current.state === 'action_required';
  return isDeclined
    ? { kind: 'declined', code: current.state, message: 'The payment was declined.' }
    : { kind: 'unavailable', message: `the payment is ${current.state}` };
}

function notNow({ message }: NotNow): Authorization {
  return { kind: 'unavailable', message };
}
