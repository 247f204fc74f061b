/**
 * A purchase as the front end sees it: flat, every key always present, ids and times as text, amounts in minor units.
 * PostgreSQL writes the JSON itself, in the one statement that finds the row: every customer at a fridge polls it.
 */
import type { Sql } from '../../../../../shared/sql';

/** A purchase's JSON, ready to be sent. */
export interface PurchaseView {
  readonly json: string;
  readonly revision: number;
  readonly isOver: boolean;
  readonly documentId: string;
}

const time = (column: string) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The lines of a finished purchase; before that, the last basket at the prices of the moment the door opened. */
const PRODUCTS = `
coalesce(
  (select json_agg(json_build_object('sku', l.sku, 'name', l.name, 'kind', coalesce(l.kind, 'sale'), 'quantity', l.quantity,
      'unitAmount', l.unit_amount, 'amount', l.amount) order by ll.line_ord)
    from transaction_lines_transaction_lnk ll join transaction_lines l on l.id = ll.line_id where ll.transaction_id = t.id),
  (select json_agg(json_build_object('sku', b.sku, 'name', coalesce(p.name, b.name, b.sku), 'kind', 'sale', 'quantity', b.quantity,
      'unitAmount', coalesce(p.unit_amount, 0), 'amount', coalesce(p.unit_amount, 0) * b.quantity) order by b.first)
    from (select i.item ->> 'sku' as sku, min(i.item ->> 'name') as name, count(*)::int as quantity, min(i.n) as first
      from jsonb_array_elements(t.basket) with ordinality as i(item, n) group by 1) b
    left join larder.product_prices p on p.sku = b.sku and p.currency = t.currency
      and p.valid_from <= coalesce(t.opened_at, t.door_requested_at)
      and (p.valid_to is null or p.valid_to > coalesce(t.opened_at, t.door_requested_at))
    where t.basket is not null),
  '[]'::json)`;

/** One column named `json`, to be selected from {@link VIEW_FROM}. */
export const VIEW_JSON = `json_build_object(
  'id', t.document_id, 'ref', t.ref, 'state', t.state, 'door', t.door,
  'machineId', m.document_id, 'machineLabel', m.label, 'customerId', u.customer_id,
  'products', ${PRODUCTS},
  'authorizedAmount', t.authorized_amount, 'totalAmount', t.total_amount, 'capturedAmount', t.captured_amount,
  'refundedAmount', t.refunded_amount,
  'currency', t.currency, 'paymentState', t.payment_state, 'paymentIntentId', t.payment_intent_id,
  'refusalCode', t.refusal_code, 'message', t.message, 'referralCode', t.referral_code, 'expertId', t.expert_id,
  'createdAt', ${time('t.created_at')}, 'openedAt', ${time('t.opened_at')}, 'closedAt', ${time('t.closed_at')},
  'completedAt', ${time('t.completed_at')}, 'updatedAt', ${time('t.updated_at')})`;

export const VIEW_FROM = `transactions t
  left join transactions_machine_lnk tm on tm.transaction_id = t.id
  left join machines m on m.id = tm.machine_id
  left join transactions_user_lnk tu on tu.transaction_id = t.id
  left join up_users u on u.id = tu.user_id`;

/**
 * @param key a documentId or a ref.
 * @param userId where given, only a purchase of this user is found.
 */
export function findView(sql: Sql, key: string, userId: number | null): Promise<PurchaseView | undefined> {
  return findOne(sql, 'purchases.view', '$2::int is null or tu.user_id = $2', [key, userId]);
}

/** @param machineId a row id: only a purchase at this machine is found. */
export function findViewAt(sql: Sql, key: string, machineId: number): Promise<PurchaseView | undefined> {
  return findOne(sql, 'purchases.view-at', 'tm.machine_id = $2', [key, machineId]);
}

async function findOne(
  sql: Sql,
  name: string,
  condition: string,
  values: readonly unknown[],
): Promise<PurchaseView | undefined> {
  const [row] = await sql.rows<{ json: string; revision: number; is_over: boolean; document_id: string }>(
    {
      name,
      text: `select ${VIEW_JSON}::text as json, t.revision, t.active_machine is null as is_over, t.document_id
from ${VIEW_FROM} where (t.document_id = $1 or t.ref = $1) and (${condition}) limit 1`,
    },
    values,
  );
  return row && { json: row.json, revision: row.revision, isOver: row.is_over, documentId: row.document_id };
}
