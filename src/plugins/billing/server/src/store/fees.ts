import type { Sql } from '../../../../../shared/sql';
import type { Payment } from '../core/payment';
import { paidFee } from '../core/postings';
import type { Fee } from '../stripe/fee';
import { post } from './ledger';
import { lockPayment } from './lock-payment';
import { ledgerOf } from './ledger-of';

/** Writes down what Stripe kept; again and again, where need be. The payment's own sum is that of the ledger. */
export async function recordFees(sql: Sql, payment: Payment, fees: readonly Fee[]): Promise<void> {
  await lockPayment(sql, payment.id); // the nightly check may be about to write the same fee
  await post(
    sql,
    fees.map(({ balanceTransactionId, amount }) => paidFee(balanceTransactionId, amount)),
    ledgerOf(payment),
  );
  await sql.rows(
    {
      name: 'billing.sum-fees',
      text: `
with paid as (select sum(amount)::int as amount from ledger_entries where payment_id = $2 and account = 'fees')
update payments set fee_amount = paid.amount, updated_at = now()
from paid where id = $1 and fee_amount is distinct from paid.amount`,
    },
    [payment.id, payment.documentId],
  );
}
