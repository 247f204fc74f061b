import type {
  Checkout,
  CheckoutLine,
  CheckoutMode,
  CheckoutPurpose,
  CheckoutState,
  CheckoutUi,
} from '../core/checkout';

/** Columns and joins of a checkout `c`, for {@link checkoutOf}. */
export const CHECKOUT_SELECT = `
select c.id, c.document_id, c.mode, c.purpose, c.ui, c.state, c.request_hash, c.amount, c.currency, c.lines,
  c.stripe_session_id, c.return_url, c.expires_at at time zone 'UTC' as expires_at,
  c.created_at at time zone 'UTC' as created_at, u.id as u_id, u.customer_id as u_customer_id
from checkouts c
join checkouts_user_lnk cu on cu.checkout_id = c.id
join up_users u on u.id = cu.user_id`;

/** A type, not an interface: rows must fit `QueryResultRow`. */
export type CheckoutRow = {
  id: number;
  document_id: string;
  mode: CheckoutMode;
  purpose: CheckoutPurpose;
  ui: CheckoutUi;
  state: CheckoutState;
  request_hash: string | null;
  amount: number;
  currency: string;
  lines: CheckoutLine[] | null;
  stripe_session_id: string | null;
  return_url: string | null;
  expires_at: Date | null;
  created_at: Date;
  u_id: number;
  u_customer_id: string | null;
};

export function checkoutOf(row: CheckoutRow): Checkout {
  return {
    id: row.id,
    documentId: row.document_id,
    mode: row.mode,
    purpose: row.purpose,
    ui: row.ui,
    state: row.state,
    requestHash: row.request_hash,
    amount: row.amount,
    currency: row.currency,
    lines: row.lines ?? [],
    stripeSessionId: row.stripe_session_id,
    returnUrl: row.return_url,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    user: { id: row.u_id, customerId: row.u_customer_id },
  };
}
