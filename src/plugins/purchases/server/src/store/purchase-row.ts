import type { VendorItem } from '../ports';
import type { Door, Purchase } from '../core/purchase';
import type { State } from '../core/states';

/** What {@link PURCHASE_COLUMNS} answers. */
export interface PurchaseRow {
  id: number;
  document_id: string;
  ref: string;
  state: State;
  door: Door;
  authorized_amount: number;
  currency: string;
  payment_provider: string | null;
  payment_intent_id: string | null;
  vendor_session: string | null;
  door_requested: boolean;
  reminded: boolean;
  basket: VendorItem[] | null;
  fence: number;
  revision: number;
  refusal_code: string | null;
  vendor_code: number | null;
  message: string | null;
  machine_id: number;
  machine_document_id: string;
  vendor_id: string;
  user_id: number | null;
  customer_id: string | null;
}

export const PURCHASE_COLUMNS = `
  t.id, t.document_id, t.ref, t.state, t.door, t.authorized_amount, t.currency, t.payment_provider, t.payment_intent_id,
  t.vendor_session, t.door_requested_at is not null as door_requested, t.reminded_at is not null as reminded, t.basket, t.fence, t.revision, t.refusal_code, t.vendor_code, t.message,
  m.id as machine_id, m.document_id as machine_document_id, m.vendor_id, u.id as user_id, u.customer_id`;

export const PURCHASE_JOINS = `
  join transactions_machine_lnk tm on tm.transaction_id = t.id
  join machines m on m.id = tm.machine_id
  left join transactions_user_lnk tu on tu.transaction_id = t.id
  left join up_users u on u.id = tu.user_id`;

export function purchaseOf(row: PurchaseRow): Purchase {
  return {
    id: row.id,
    documentId: row.document_id,
    ref: row.ref,
    machine: { id: row.machine_id, documentId: row.machine_document_id, vendorId: row.vendor_id },
    user: row.user_id === null ? null : { id: row.user_id, customerId: row.customer_id ?? '' },
    state: row.state,
    door: row.door,
    authorizedAmount: row.authorized_amount,
    currency: row.currency,
    paymentProvider: row.payment_provider ?? '',
    paymentIntentId: row.payment_intent_id,
    vendorSession: row.vendor_session,
    doorRequested: row.door_requested,
    reminded: row.reminded,
    basket: row.basket,
    fence: row.fence,
    revision: row.revision,
    refusalCode: row.refusal_code,
    vendorCode: row.vendor_code,
    message: row.message,
  };
}
