import { newDocumentId } from '../../../../../shared/ids';
import type { Sql } from '../../../../../shared/sql';
import type { InvoiceRow } from './invoice-row';

/** How far an invoice is. What was fetched earlier and is written later must not take it back. */
const rank = (state: string) => `case ${state} when 'open' then 1 when 'uncollectible' then 2 else 3 end`;

/** Writes an invoice as it was fetched; one that is further already stays. A trigger links it to its customer. */
export async function saveInvoice(sql: Sql, row: InvoiceRow): Promise<void> {
  await sql.rows(
    {
      name: 'billing.save-invoice',
      text: `
with given as (
  select * from jsonb_to_record($1::jsonb) as g(id text, number text, state text, customer text, total int, amount_due int,
    amount_paid int, currency text, lines jsonb, intents jsonb, pdf text, hosted text, issued bigint, due bigint, paid bigint)
)
insert into invoices as i (document_id, stripe_invoice_id, number, state, stripe_customer_id, total, amount_due,
  amount_paid, currency, lines, payment_intent_ids, pdf_url, hosted_url, issued_at, due_at, paid_at,
  created_at, updated_at, published_at)
select $2, id, number, state, customer, total, amount_due, amount_paid, currency, lines, intents, pdf, hosted,
  to_timestamp(issued)::timestamp, to_timestamp(due)::timestamp, to_timestamp(paid)::timestamp, now(), now(), now()
from given
on conflict (stripe_invoice_id) do update set number = excluded.number, state = excluded.state,
  stripe_customer_id = excluded.stripe_customer_id, total = excluded.total, amount_due = excluded.amount_due,
  amount_paid = excluded.amount_paid, lines = excluded.lines, payment_intent_ids = excluded.payment_intent_ids,
  pdf_url = excluded.pdf_url, hosted_url = excluded.hosted_url, issued_at = excluded.issued_at,
  due_at = excluded.due_at, paid_at = excluded.paid_at, updated_at = now()
where (${rank('excluded.state')}, excluded.amount_paid) >= (${rank('i.state')}, i.amount_paid)`,
    },
    [JSON.stringify(row), newDocumentId()],
  );
}
