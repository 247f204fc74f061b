/** Invoices as the front ends read them: one statement an answer, and PostgreSQL writes the JSON. */
import { createConditions, type Sql, type Statement } from '../../../../../shared/sql';
import type { INVOICE_STATES } from './invoice-row';

export interface InvoiceSearch {
  /** The front end's customer id. */
  readonly customer: string | undefined;
  readonly state: (typeof INVOICE_STATES)[number] | undefined;
  /** By the time of issue. */
  readonly from: Date | undefined;
  readonly to: Date | undefined;
  readonly page: number;
  readonly pageSize: number;
  /** Where given, only invoices of this user are found. */
  readonly onlyUserId: number | null;
}

const time = (column: string) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Every key is always there. */
const INVOICE_JSON = `json_build_object(
  'id', i.document_id, 'number', i.number, 'state', i.state, 'customerId', u.customer_id, 'total', i.total,
  'amountDue', i.amount_due, 'amountPaid', i.amount_paid, 'currency', i.currency, 'issuedAt', ${time('i.issued_at')},
  'dueAt', ${time('i.due_at')}, 'paidAt', ${time('i.paid_at')}, 'pdfUrl', i.pdf_url, 'hostedUrl', i.hosted_url,
  'lines', coalesce(i.lines, '[]'::jsonb))`;

const WITH_USER = `left join invoices_user_lnk iu on iu.invoice_id = i.id left join up_users u on u.id = iu.user_id`;

/** The statement that {@link searchInvoices} runs. */
export function searchStatement(search: InvoiceSearch): { statement: Statement; values: unknown[] } {
  const { where, values, clause } = createConditions();
  where((p) => `l.user_id = ${p}`, search.onlyUserId);
  where((p) => `l.user_id = (select id from up_users where customer_id = ${p})`, search.customer);
  where((p) => `i.state = ${p}`, search.state);
  where((p) => `i.issued_at >= ${p}::timestamp`, search.from?.toISOString());
  where((p) => `i.issued_at < ${p}::timestamp`, search.to?.toISOString());
  const isByUser = search.onlyUserId !== null || search.customer !== undefined;
  const matches = `invoices i ${isByUser ? 'join invoices_user_lnk l on l.invoice_id = i.id' : ''}
    ${clause()}`;
  const order = 'i.issued_at desc, i.id desc';
  values.push(search.pageSize, (search.page - 1) * search.pageSize);
  const text = `
with found as (select i.id from ${matches} order by ${order} limit $${values.length - 1} offset $${values.length})
select json_build_object(
  'data', coalesce((select json_agg(${INVOICE_JSON} order by ${order}) from found f join invoices i on i.id = f.id ${WITH_USER}),
    '[]'::json),
  'meta', json_build_object('page', ${search.page}, 'pageSize', ${search.pageSize},
    'total', (select count(*)::int from ${matches})))::text as json`;
  return { statement: { text }, values };
}

/** The JSON of `{ data, meta }`, ready to be sent. */
export async function searchInvoices(sql: Sql, search: InvoiceSearch): Promise<string> {
  const { statement, values } = searchStatement(search);
  const [row] = await sql.rows<{ json: string }>(statement, values);
  return row?.json ?? '';
}

export const FIND_INVOICE: Statement = {
  name: 'billing.find-invoice',
  text: `
select ${INVOICE_JSON}::text as json from invoices i ${WITH_USER}
where i.document_id = $1 and ($2::int is null or iu.user_id = $2)`,
};

/** The JSON of one invoice; undefined where there is none, or none for this user. @param onlyUserId null is everybody's. */
export async function findInvoice(sql: Sql, id: string, onlyUserId: number | null): Promise<string | undefined> {
  const [row] = await sql.rows<{ json: string }>(FIND_INVOICE, [id, onlyUserId]);
  return row?.json;
}
