/** SetupIntents: saving a card for later. Made by Checkout in mode `setup`. */
import type Stripe from 'stripe';
import type { Account } from '../account/account';
import { attach, rememberAuthentication } from '../account/cards';
import { newId, token } from '../account/ids';

export function newSetupIntent(
  account: Account,
  customer: string | null,
  more: { metadata?: Stripe.Metadata; description?: string | null },
): Stripe.SetupIntent {
  const id = newId('seti');
  const setup = account.setups.add({
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: { enabled: true, allow_redirects: 'always' },
    cancellation_reason: null,
    client_secret: `${id}_secret_${token(24)}`,
    created: account.time.seconds(),
    customer,
    description: more.description ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: more.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: 'off_session',
  });
  account.emit('setup_intent.created', setup);
  return setup;
}

/** The customer gave a card, and authenticated where it asks for that. */
export function succeed(account: Account, setup: Stripe.SetupIntent, method: Stripe.PaymentMethod): void {
  setup.status = 'succeeded';
  setup.last_setup_error = null;
  setup.payment_method = method.id;
  rememberAuthentication(account, method.id);
  if (typeof setup.customer === 'string') attach(account, method, setup.customer);
  account.emit('setup_intent.succeeded', setup);
}

/** The bank says no to the card; another may be tried. */
export function decline(account: Account, setup: Stripe.SetupIntent, method: Stripe.PaymentMethod, code: string): void {
  setup.status = 'requires_payment_method';
  setup.payment_method = null;
  setup.last_setup_error = {
    type: 'card_error',
    code: 'card_declined',
    decline_code: code,
    message: 'Your card was declined.',
    payment_method: structuredClone(method),
  };
  account.emit('setup_intent.setup_failed', setup);
}
