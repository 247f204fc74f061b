/** What Stripe refuses when a Checkout session is made. https://docs.stripe.com/api/checkout/sessions/create */
import type Stripe from 'stripe';
import type { Account } from '../account/account';
import { invalid } from '../wire/problem';
import { customerOf } from './lookup';

/** @throws Problem 400, naming the parameter. */
export function checkSession(account: Account, params: Stripe.Checkout.SessionCreateParams): void {
  const { ui_mode: uiMode = 'hosted_page', mode, customer, customer_email: email } = params;
  const refuse = (param: string, message: string) => {
    throw invalid(message, { param });
  };
  if (uiMode === 'hosted_page') {
    if (!params.success_url) refuse('success_url', '`success_url` is required when `ui_mode` is `hosted_page`.');
    if (params.return_url) refuse('return_url', '`return_url` is not allowed when `ui_mode` is `hosted_page`.');
    if (params.redirect_on_completion) refuse('redirect_on_completion', 'Not allowed for `ui_mode` `hosted_page`.');
  } else {
    const isWithoutRedirect = params.redirect_on_completion === 'never';
    if (params.success_url) refuse('success_url', `\`success_url\` is not allowed when \`ui_mode\` is \`${uiMode}\`.`);
    if (params.cancel_url) refuse('cancel_url', `\`cancel_url\` is not allowed when \`ui_mode\` is \`${uiMode}\`.`);
    if (isWithoutRedirect && params.return_url) refuse('return_url', 'Not allowed without redirects.');
    if (!isWithoutRedirect && !params.return_url) {
      refuse('return_url', `\`return_url\` is required when \`ui_mode\` is \`${uiMode}\`.`);
    }
  }
  if (mode === 'payment') {
    if (!params.line_items?.length) refuse('line_items', '`line_items` is required in `payment` mode.');
    if (params.setup_intent_data) refuse('setup_intent_data', 'Not allowed in `payment` mode.');
  } else {
    if (params.line_items) refuse('line_items', 'Not allowed in `setup` mode.');
    if (params.payment_intent_data) refuse('payment_intent_data', 'Not allowed in `setup` mode.');
    if (params.customer_creation) refuse('customer_creation', 'Only allowed in `payment` mode.');
    if (!params.currency && !params.allowed_payment_method_types) {
      refuse('currency', '`currency` is required in `setup` mode when `allowed_payment_method_types` is not set.');
    }
  }
  if (customer && email) refuse('customer_email', 'You may only specify one of these parameters.');
  if (customer) customerOf(account, customer);
  checkExpiry(account, params.expires_at);
}

function checkExpiry(account: Account, expiresAt: number | undefined): void {
  if (expiresAt === undefined) return;
  const ahead = expiresAt - account.time.seconds();
  // A minute of grace, for whoever reckons from a clock of their own.
  if (ahead >= 29 * 60 && ahead <= 24 * 3600 + 60) return;
  throw invalid('`expires_at` must be between 30 minutes and 24 hours from now.', { param: 'expires_at' });
}
