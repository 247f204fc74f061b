import { newDocumentId } from '../../../../../shared/ids';
import type { Sql } from '../../../../../shared/sql';
import type { Posting } from '../core/postings';

/** Whose money a posting is about; public ids, for whoever reads the ledger. */
export interface PostedFor {
  readonly transactionId: string | null;
  readonly paymentId: string | null;
  readonly customerId: string | null;
  readonly currency: string;
}

/** Writes postings. One whose name is there already is left as it is; one of nothing is not written. */
export async function post(sql: Sql, postings: readonly Posting[], whose: PostedFor): Promise<void> {
  const rows = postings.flatMap(({ name, entries, memo }) =>
    entries
      .filter(({ amount }) => amount !== 0)
      .map((entry) => ({ document_id: newDocumentId(), posting: name, memo: memo ?? null, ...entry })),
  );
  if (rows.length === 0) return;
  await sql.rows(
    {
      name: 'billing.post',
      text: `
insert into ledger_entries (document_id, posting, account, amount, currency, memo, transaction_id, payment_id, customer_id,
  posted_at, created_at, updated_at, published_at)
select e.document_id, e.posting, e.account, e.amount, $2, e.memo, $3, $4, $5, now(), now(), now(), now()
from jsonb_to_recordset($1::jsonb) as e(document_id text, posting text, account text, amount int, memo text)
on conflict (posting, account) do nothing`,
    },
    [JSON.stringify(rows), whose.currency, whose.transactionId, whose.paymentId, whose.customerId],
  );
}

/** What the ledger has as held on a card for a payment, in minor units. @param paymentId its documentId. */
export async function heldInLedger(sql: Sql, paymentId: string): Promise<number> {
  const [row] = await sql.rows<{ held: number }>(
    {
      name: 'billing.held-in-ledger',
      text: `select coalesce(sum(amount), 0)::int as held from ledger_entries where payment_id = $1 and account = 'holds'`,
    },
    [paymentId],
  );
  return row?.held ?? 0;
}
