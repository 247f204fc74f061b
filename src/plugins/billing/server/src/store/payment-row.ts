import type { Payment, PaymentPurpose, PaymentState } from '../core/payment';

/** Columns and joins of a payment `p`, for {@link paymentOf}. */
export const PAYMENT_COLUMNS = `p.id, p.document_id, p.key, p.purpose, p.state, p.authorized_amount, p.capture_amount,
  p.captured_amount, p.refunded_amount, p.currency, p.payment_intent_id, p.charge_id, p.stripe_customer_id,
  p.payment_method_id, p.is_taken_over, p.created_at,
  t.id as t_id, t.document_id as t_document_id, u.id as u_id, u.customer_id as u_customer_id,
  m.id as m_id, m.document_id as m_document_id`;

export const PAYMENT_JOINS = `
  left join payments_transaction_lnk pt on pt.payment_id = p.id left join transactions t on t.id = pt.transaction_id
  left join payments_user_lnk pu on pu.payment_id = p.id left join up_users u on u.id = pu.user_id
  left join transactions_machine_lnk tm on tm.transaction_id = t.id left join machines m on m.id = tm.machine_id`;

/** A type, not an interface: rows must fit `QueryResultRow`. */
export type PaymentRow = {
  id: number;
  document_id: string;
  key: string;
  purpose: PaymentPurpose;
  state: PaymentState;
  authorized_amount: number;
  capture_amount: number | null;
  captured_amount: number;
  refunded_amount: number;
  currency: string;
  payment_intent_id: string | null;
  charge_id: string | null;
  stripe_customer_id: string | null;
  payment_method_id: string | null;
  is_taken_over: boolean;
  created_at: Date;
  t_id: number | null;
  t_document_id: string | null;
  u_id: number | null;
  u_customer_id: string | null;
  m_id: number | null;
  m_document_id: string | null;
};

export function paymentOf(row: PaymentRow): Payment {
  return {
    id: row.id,
    documentId: row.document_id,
    key: row.key,
    purpose: row.purpose,
    state: row.state,
    authorizedAmount: row.authorized_amount,
    captureAmount: row.capture_amount,
    capturedAmount: row.captured_amount,
    refundedAmount: row.refunded_amount,
    currency: row.currency,
    paymentIntentId: row.payment_intent_id,
    chargeId: row.charge_id,
    stripeCustomerId: row.stripe_customer_id,
    paymentMethodId: row.payment_method_id,
    isTakenOver: row.is_taken_over,
    createdAt: row.created_at,
    transaction: row.t_id === null ? null : { id: row.t_id, documentId: row.t_document_id ?? '' },
    user: row.u_id === null ? null : { id: row.u_id, customerId: row.u_customer_id },
    machine: row.m_id === null ? null : { id: row.m_id, documentId: row.m_document_id ?? '' },
  };
}
