import type { Sql } from '../../../../../shared/sql';
import type { DebtCause } from './debts';

export interface SettledDebt {
  readonly key: string;
  readonly cause: DebtCause;
  /** In minor units. */
  readonly amount: number;
  /** The purchase it came from. */
  readonly transaction: { readonly id: number; readonly documentId: string } | null;
}

/** Debts that have been paid. Those that were open until now are answered: one that was settled or forgiven stays as it is. */
export async function settleDebts(sql: Sql, documentIds: readonly string[]): Promise<SettledDebt[]> {
  const rows = await sql.rows<{
    key: string;
    cause: DebtCause;
    amount: number;
    t_id: number | null;
    t_document_id: string | null;
  }>(
    {
      name: 'billing.settle-debts',
      text: `
with settled as (
  update debts set state = 'settled', ended_at = now(), updated_at = now()
  where document_id = any($1) and state = 'open'
  returning id, key, cause, amount
)
select s.key, s.cause, s.amount, t.id as t_id, t.document_id as t_document_id
from settled s
left join debts_transaction_lnk l on l.debt_id = s.id
left join transactions t on t.id = l.transaction_id`,
    },
    [documentIds],
  );
  return rows.map(({ key, cause, amount, t_id: id, t_document_id: documentId }) => ({
    key,
    cause,
    amount,
    transaction: id === null ? null : { id, documentId: documentId ?? '' },
  }));
}
