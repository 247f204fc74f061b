import type { Sql } from '../../../../../shared/sql';

export interface ReceiptOwner {
  readonly kind: 'receipt' | 'checkout-receipt';
  readonly documentId: string;
  readonly userId: number | null;
  /** Whether there is anything to print: a purchase that ended, a checkout that was paid. */
  readonly isReady: boolean;
}

/** Whose receipt it is. @param id of a purchase (documentId or ref), or of a checkout. */
export async function findReceiptOwner(sql: Sql, id: string): Promise<ReceiptOwner | undefined> {
  const [row] = await sql.rows<{
    kind: ReceiptOwner['kind'];
    document_id: string;
    user_id: number | null;
    ready: boolean;
  }>(
    {
      name: 'billing.receipt-owner',
      text: `
select 'receipt' as kind, t.document_id, l.user_id, t.state in ('completed', 'empty') as ready
from transactions t left join transactions_user_lnk l on l.transaction_id = t.id
where t.document_id = $1 or t.ref = $1
union all
select 'checkout-receipt', c.document_id, l.user_id, c.state = 'complete' and c.mode = 'payment'
from checkouts c join checkouts_user_lnk l on l.checkout_id = c.id
where c.document_id = $1
limit 1`,
    },
    [id],
  );
  return row && { kind: row.kind, documentId: row.document_id, userId: row.user_id, isReady: row.ready };
}
