import type { Sql } from '../../../../../shared/sql';

/** A debt that is still to be paid. `amount` in minor units. */
export interface OpenDebt {
  readonly documentId: string;
  readonly amount: number;
  readonly currency: string;
  /** Where and when it came about, e.g. `Office lobby · 2026-11-21`; the day at the machine. */
  readonly name: string;
}

/** What a customer owes, the oldest first. One payment has one currency: that of the oldest. */
export async function findOpenDebts(sql: Sql, userId: number): Promise<OpenDebt[]> {
  const rows = await sql.rows<{
    document_id: string;
    amount: number;
    currency: string;
    label: string | null;
    timezone: string | null;
    at: Date;
  }>(
    {
      name: 'billing.open-debts',
      text: `
select d.document_id, d.amount, d.currency, m.label, m.timezone,
  coalesce(t.created_at, d.created_at) at time zone 'UTC' as at
from debts d
join debts_user_lnk du on du.debt_id = d.id
left join debts_transaction_lnk dt on dt.debt_id = d.id
left join transactions t on t.id = dt.transaction_id
left join transactions_machine_lnk tm on tm.transaction_id = t.id
left join machines m on m.id = tm.machine_id
where du.user_id = $1 and d.state = 'open' and d.amount > 0
order by d.id limit 100`,
    },
    [userId],
  );
  const currency = rows[0]?.currency;
  return rows
    .filter((row) => row.currency === currency)
    .map((row) => ({
      documentId: row.document_id,
      amount: row.amount,
      currency: row.currency,
      name: [row.label, dayAt(row.at, row.timezone)].filter((part) => part !== null).join(' · '),
    }));
}

/** The day as people at the machine write it down; ISO, which reads the same in every language. */
function dayAt(at: Date, timeZone: string | null): string {
  try {
    return new Intl.DateTimeFormat('sv', { timeZone: timeZone ?? 'UTC', dateStyle: 'short' }).format(at);
  } catch {
    return at.toISOString().slice(0, 10);
  }
}
