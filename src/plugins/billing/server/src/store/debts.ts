import { newDocumentId } from '../../../../../shared/ids';
import type { Sql } from '../../../../../shared/sql';
import type { Payment } from '../core/payment';
import { owed } from '../core/postings';
import { post } from './ledger';
import { ledgerOf } from './ledger-of';

export type DebtCause = 'basket_above_hold' | 'charge_failed' | 'hold_lapsed';

/** Writes down what a customer took and has not paid; once a payment. */
export async function recordDebt(sql: Sql, payment: Payment, amount: number, cause: DebtCause): Promise<void> {
  const key = `debt:${payment.key}`;
  const rows = await sql.rows(
    {
      name: 'billing.record-debt',
      text: `
with made as (
  insert into debts (document_id, key, state, cause, amount, currency, created_at, updated_at, published_at)
  values ($1, $2, 'open', $3, $4, $5, now(), now(), now())
  on conflict (key) do nothing returning id
),
of_payment as (insert into debts_payment_lnk (debt_id, payment_id) select id, $6::int from made),
of_transaction as (
  insert into debts_transaction_lnk (debt_id, transaction_id) select id, $7::int from made where $7::int is not null
),
of_user as (insert into debts_user_lnk (debt_id, user_id) select id, $8::int from made where $8::int is not null)
select id from made`,
    },
    [
      newDocumentId(),
      key,
      cause,
      amount,
      payment.currency,
      payment.id,
      payment.transaction?.id ?? null,
      payment.user?.id ?? null,
    ],
  );
  if (rows.length > 0) await post(sql, [owed(key, amount)], ledgerOf(payment));
}
