import type { Sql } from '../../../../../shared/sql';
import type { DebtCause } from './debts';

export interface DecidedDebt {
  readonly key: string;
  /** In minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly cause: DebtCause;
  readonly transaction: { readonly id: number; readonly documentId: string } | null;
  /** The documentId of the payment that it is the rest of. */
  readonly paymentId: string | null;
  readonly customerId: string | null;
}

/** Ends a debt that is open. Nothing for one that is not: somebody decided, or it was paid, before. */
export async function decideOpenDebt(
  sql: Sql,
  documentId: string,
  to: 'settled' | 'forgiven',
  { reason, decidedBy }: { readonly reason: string; readonly decidedBy: string },
): Promise<DecidedDebt | undefined> {
  const [row] = await sql.rows<{
    key: string;
    amount: number;
    currency: string;
    cause: DebtCause;
    t_id: number | null;
    t_document_id: string | null;
    payment_id: string | null;
    customer_id: string | null;
  }>(
    {
      name: 'billing.decide-debt',
      text: `
with decided as (
  update debts set state = $2, reason = $3, decided_by = $4, ended_at = now(), updated_at = now()
  where document_id = $1 and state = 'open' returning id, key, amount, currency, cause
)
select d.key, d.amount, d.currency, d.cause, t.id as t_id, t.document_id as t_document_id, p.document_id as payment_id,
  u.customer_id
from decided d
left join debts_transaction_lnk dt on dt.debt_id = d.id left join transactions t on t.id = dt.transaction_id
left join debts_payment_lnk dp on dp.debt_id = d.id left join payments p on p.id = dp.payment_id
left join debts_user_lnk du on du.debt_id = d.id left join up_users u on u.id = du.user_id`,
    },
    [documentId, to, reason, decidedBy],
  );
  if (!row) return undefined;
  const { key, amount, currency, cause, payment_id: paymentId, customer_id: customerId } = row;
  const transaction = row.t_id === null ? null : { id: row.t_id, documentId: row.t_document_id ?? '' };
  return { key, amount, currency, cause, transaction, paymentId, customerId };
}

/** The state of a debt; undefined where there is none. */
export async function findDebtState(
  sql: Sql,
  documentId: string,
): Promise<'open' | 'settled' | 'forgiven' | undefined> {
  const [row] = await sql.rows<{ state: 'open' | 'settled' | 'forgiven' }>(
    { name: 'billing.debt-state', text: `select state from debts where document_id = $1` },
    [documentId],
  );
  return row?.state;
}
