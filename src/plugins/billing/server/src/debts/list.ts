import type { Sql } from '../../../../../shared/sql';

/** A debt as a front end sees it. Amounts in minor units, times ISO 8601. */
export interface DebtView {
  readonly id: string;
  readonly state: 'open' | 'settled' | 'forgiven';
  readonly cause: string;
  readonly amount: number;
  readonly currency: string;
  readonly transactionId: string | null;
  readonly createdAt: string;
  readonly endedAt: string | null;
}

export interface DebtSearch {
  /** A user's row id, or the front end's id of a customer. */
  readonly whose: { readonly userId: number } | { readonly customerId: string };
  readonly state: 'open' | 'settled' | 'forgiven' | null;
}

/** A customer's debts, the newest first; at most 100. */
export async function listDebts(sql: Sql, { whose, state }: DebtSearch): Promise<DebtView[]> {
  const rows = await sql.rows<{
    document_id: string;
    state: DebtView['state'];
    cause: string;
    amount: number;
    currency: string;
    transaction_id: string | null;
    created_at: Date;
    ended_at: Date | null;
  }>(
    {
      name: 'billing.list-debts',
      text: `
select d.document_id, d.state, d.cause, d.amount, d.currency, t.document_id as transaction_id,
  d.created_at at time zone 'UTC' as created_at, d.ended_at at time zone 'UTC' as ended_at
from up_users u join debts_user_lnk l on l.user_id = u.id join debts d on d.id = l.debt_id
left join debts_transaction_lnk dt on dt.debt_id = d.id left join transactions t on t.id = dt.transaction_id
where (u.id = $1 or u.customer_id = $2) and ($3::text is null or d.state = $3)
order by d.id desc limit 100`,
    },
    ['userId' in whose ? whose.userId : null, 'customerId' in whose ? whose.customerId : null, state],
  );
  return rows.map((row) => ({
    id: row.document_id,
    state: row.state,
    cause: row.cause,
    amount: row.amount,
    currency: row.currency,
    transactionId: row.transaction_id,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  }));
}
