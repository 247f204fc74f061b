import type Stripe from 'stripe';
import type { Account } from '../account/account';
import { newId, token } from '../account/ids';

interface NewIntent {
  readonly amount: number;
  readonly currency: string;
  readonly customer?: string | null;
  readonly captureMethod?: Stripe.PaymentIntent.CaptureMethod;
  readonly confirmationMethod?: Stripe.PaymentIntent.ConfirmationMethod;
  readonly description?: string | null;
  readonly metadata?: Stripe.Metadata;
  readonly receiptEmail?: string | null;
  readonly setupFutureUsage?: Stripe.PaymentIntent.SetupFutureUsage | null;
  /** Only these kinds of payment method; all that redirect are out then. */
  readonly onlyTypes?: string[];
  readonly allowRedirects?: 'always' | 'never';
  readonly statementDescriptorSuffix?: string | null;
}

/** An intent that nobody has paid yet. */
export function newIntent(account: Account, wanted: NewIntent): Stripe.PaymentIntent {
  const id = newId('pi');
  const intent = account.intents.add({
    id,
    object: 'payment_intent',
    allowed_payment_method_types: wanted.onlyTypes ?? null,
    amount: wanted.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: wanted.onlyTypes
      ? null
      : { enabled: true, allow_redirects: wanted.allowRedirects ?? 'always' },
    canceled_at: null,
    cancellation_reason: null,
    capture_method: wanted.captureMethod ?? 'automatic_async',
    client_secret: `${id}_secret_${token(24)}`,
    confirmation_method: wanted.confirmationMethod ?? 'automatic',
    created: account.time.seconds(),
    currency: wanted.currency,
    customer: wanted.customer ?? null,
    customer_account: null,
    description: wanted.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: wanted.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: wanted.receiptEmail ?? null,
    review: null,
    setup_future_usage: wanted.setupFutureUsage ?? null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: wanted.statementDescriptorSuffix ?? null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  });
  account.emit('payment_intent.created', intent);
  return intent;
}
