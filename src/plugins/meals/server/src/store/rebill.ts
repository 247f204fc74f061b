/** The lines of a purchase anew, where its meals make it cost something else than the catalogue alone. */
import { newDocumentId } from '../../../../../shared/ids';
import type { Sql } from '../../../../../shared/sql';
import type { Bill } from '../core/bill';

/** @param transactionRow a row id, locked by the caller. */
export async function rebill(sql: Sql, transactionRow: number, { lines, total }: Bill): Promise<void> {
  await sql.rows(
    {
      name: 'meals.rebill-remove',
      text: `delete from transaction_lines l using transaction_lines_transaction_lnk k
where k.line_id = l.id and k.transaction_id = $1`,
    },
    [transactionRow],
  );
  const rows = lines.map((line, ord) => ({
    document_id: newDocumentId(),
    sku: line.sku,
    name: line.name,
    kind: line.kind,
    quantity: line.quantity,
    unit_amount: line.unitAmount,
    amount: line.amount,
    currency: line.currency,
    vendor_unit_amount: line.vendorUnitAmount,
    ord,
  }));
  await sql.rows(
    {
      name: 'meals.rebill',
      text: `
with input as (
  select * from jsonb_to_recordset($2::jsonb) as x(document_id text, sku text, name text, kind text, quantity int,
    unit_amount int, amount int, currency text, vendor_unit_amount int, ord int)
),
line as (
  insert into transaction_lines (document_id, sku, name, kind, quantity, unit_amount, amount, currency, vendor_unit_amount,
    created_at, updated_at, published_at)
  select document_id, sku, name, kind, quantity, unit_amount, amount, currency, vendor_unit_amount, now(), now(), now() from input
  returning id, document_id, sku
),
of_transaction as (
  insert into transaction_lines_transaction_lnk (line_id, transaction_id, line_ord)
  select line.id, $1, i.ord + 1 from line join input i using (document_id)
),
of_product as (
  insert into transaction_lines_product_lnk (line_id, product_id) select line.id, p.id from line join products p using (sku)
)
update transactions set total_amount = $3, revision = revision + 1, updated_at = now() where id = $1`,
    },
    [transactionRow, JSON.stringify(rows), total],
  );
}
