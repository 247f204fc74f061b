/** Reads and changes of payments. A change is a compare-and-set on the state, see PAYMENT_TRANSITIONS. */
import type { Sql } from '../../../../../shared/sql';
import { statesBefore, type Payment, type PaymentState } from '../core/payment';
import { PAYMENT_COLUMNS, PAYMENT_JOINS, paymentOf, type PaymentRow } from './payment-row';

/** Absent keys stay as they are. */
export interface PaymentChange {
  readonly to: PaymentState;
  readonly authorizedAmount?: number;
  readonly captureAmount?: number;
  readonly capturedAmount?: number;
  readonly paymentIntentId?: string;
  readonly chargeId?: string | null;
  readonly stripeCustomerId?: string | null;
  readonly paymentMethodId?: string | null;
  readonly cardBrand?: string | null;
  readonly cardLast4?: string | null;
  readonly captureBefore?: Date | null;
  readonly failureCode?: string;
  readonly message?: string;
}

const ENDED: ReadonlySet<PaymentState> = new Set(['captured', 'released', 'declined', 'handed_over']);

/**
 * Changes a payment where it is in a state that may become `to`.
 * @returns false when it was not: somebody did this, or something later, before.
 */
export async function changePayment(sql: Sql, id: number, change: PaymentChange): Promise<boolean> {
  const rows = await sql.rows(
    {
      name: 'billing.change-payment',
      text: `
update payments set state = $2,
  authorized_amount = coalesce($4, authorized_amount),
  capture_amount = coalesce($5, capture_amount),
  captured_amount = coalesce($6, captured_amount),
  payment_intent_id = coalesce($7, payment_intent_id),
  charge_id = coalesce($8, charge_id),
  stripe_customer_id = coalesce($9, stripe_customer_id),
  payment_method_id = coalesce($10, payment_method_id),
  card_brand = coalesce($11, card_brand),
  card_last_4 = coalesce($12, card_last_4),
  capture_before = coalesce($13::timestamp, capture_before),
  failure_code = coalesce($14, failure_code),
  message = coalesce($15, message),
  ended_at = case when $16 then now() else ended_at end,
  updated_at = now()
where id = $1 and state = any($3)
returning id`,
    },
    [
      id,
      change.to,
      statesBefore(change.to),
      change.authorizedAmount ?? null,
      change.captureAmount ?? null,
      change.capturedAmount ?? null,
      change.paymentIntentId ?? null,
      change.chargeId ?? null,
      change.stripeCustomerId ?? null,
      change.paymentMethodId ?? null,
      change.cardBrand ?? null,
      change.cardLast4 ?? null,
      change.captureBefore?.toISOString() ?? null,
      change.failureCode ?? null,
      change.message ?? null,
      ENDED.has(change.to),
    ],
  );
  return rows.length > 0;
}

export async function findPaymentByKey(sql: Sql, key: string): Promise<Payment | undefined> {
  return findPayment(sql, 'billing.payment-by-key', 'p.key = $1', key);
}

export async function findPaymentByDocumentId(sql: Sql, documentId: string): Promise<Payment | undefined> {
  return findPayment(sql, 'billing.payment-by-document-id', 'p.document_id = $1', documentId);
}

/** The payment that this intent pays for now: not one that was declined or handed over. */
export async function findPaymentByIntent(sql: Sql, paymentIntentId: string): Promise<Payment | undefined> {
  return findPayment(
    sql,
    'billing.payment-by-intent',
    `p.payment_intent_id = $1 and p.state not in ('declined', 'handed_over')`,
    paymentIntentId,
  );
}

async function findPayment(sql: Sql, name: string, condition: string, value: string): Promise<Payment | undefined> {
  const [row] = await sql.rows<PaymentRow>(
    {
      name,
      text: `select ${PAYMENT_COLUMNS} from payments p ${PAYMENT_JOINS} where ${condition} order by p.id desc limit 1`,
    },
    [value],
  );
  return row && paymentOf(row);
}
