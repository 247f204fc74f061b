/** Stripe's ready-made test cards: https://docs.stripe.com/testing */
import type Stripe from 'stripe';
import type { Account } from './account';
import { newId } from './ids';

export type CardBehaviour =
  | { readonly kind: 'approve' }
  | { readonly kind: 'decline'; readonly code: string; readonly declineCode?: string }
  /** `unlessSetUp`: a card that was saved with authentication is not asked again. */
  | { readonly kind: 'authenticate'; readonly unlessSetUp: boolean };

interface TestCard {
  readonly brand: string;
  readonly last4: string;
  readonly behaviour: CardBehaviour;
}

const approve: CardBehaviour = { kind: 'approve' };
const decline = (declineCode: string): CardBehaviour => ({ kind: 'decline', code: 'card_declined', declineCode });
const visa = (last4: string, behaviour: CardBehaviour): TestCard => ({ brand: 'visa', last4, behaviour });

const CARDS: Readonly<Record<string, TestCard>> = {
  pm_card_visa: visa('4242', approve),
  pm_card_visa_debit: visa('5556', approve),
  pm_card_mastercard: { brand: 'mastercard', last4: '4444', behaviour: approve },
  pm_card_amex: { brand: 'amex', last4: '8431', behaviour: approve },
  pm_card_fr: visa('0003', approve),
  pm_card_chargeDeclined: visa('0002', decline('generic_decline')),
  pm_card_chargeCustomerFail: visa('0341', decline('generic_decline')),
  pm_card_chargeDeclinedInsufficientFunds: visa('9995', decline('insufficient_funds')),
  pm_card_chargeDeclinedLostCard: visa('9987', decline('lost_card')),
  pm_card_chargeDeclinedStolenCard: visa('9979', decline('stolen_card')),
  pm_card_chargeDeclinedFraudulent: visa('0019', decline('fraudulent')),
  pm_card_chargeDeclinedExpiredCard: visa('0069', { kind: 'decline', code: 'expired_card' }),
  pm_card_chargeDeclinedIncorrectCvc: visa('0127', { kind: 'decline', code: 'incorrect_cvc' }),
  pm_card_chargeDeclinedProcessingError: visa('0119', { kind: 'decline', code: 'processing_error' }),
  pm_card_authenticationRequired: visa('3184', { kind: 'authenticate', unlessSetUp: false }),
  pm_card_threeDSecure2Required: visa('3220', { kind: 'authenticate', unlessSetUp: false }),
  pm_card_authenticationRequiredOnSetup: visa('3155', { kind: 'authenticate', unlessSetUp: true }),
};

/** Stripe writes some of the names with the brand in them: `pm_card_visa_chargeDeclined`. */
const testCard = (name: string): TestCard | undefined =>
  CARDS[name] ?? CARDS[name.replace('pm_card_visa_', 'pm_card_')];

/** The payment method of an id; a test card's name makes a new one that behaves like it. */
export function methodOf(account: Account, id: string): Stripe.PaymentMethod | undefined {
  const card = testCard(id);
  return card ? newCard(account, card) : account.methods.get(id);
}

function newCard(account: Account, { brand, last4, behaviour }: TestCard): Stripe.PaymentMethod {
  const method = account.methods.add({
    id: newId('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    card: {
      brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'FR',
      display_brand: brand,
      exp_month: 12,
      exp_year: 2034,
      fingerprint: `fake${brand}${last4}`,
      funding: 'credit',
      generated_from: null,
      last4,
      networks: { available: [brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: account.time.seconds(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  });
  account.behaviours.set(method.id, behaviour);
  return method;
}

/** Ties a card to a customer, so that it can be used again. */
export function attach(account: Account, method: Stripe.PaymentMethod, customer: string): void {
  if (method.customer === customer) return;
  method.customer = customer;
  account.emit('payment_method.attached', method);
}

/** The customer went through authentication while saving the card. */
export function rememberAuthentication(account: Account, method: string): void {
  const behaviour = account.behaviours.get(method);
  if (behaviour?.kind === 'authenticate' && behaviour.unlessSetUp) account.behaviours.set(method, approve);
}
