import type { Sql } from '../../../../../shared/sql';
import type { Payment } from '../core/payment';

/**
 * Stripe is away: lets a purchase begin without a hold, within what may be at risk at its machine. The lock makes purchases
 * of one machine take turns; it ends with the transaction.
 * @param limit in minor units of the payment's currency.
 * @returns false where that would be too much.
 */
export async function trust(sql: Sql, payment: Payment, limit: number): Promise<boolean> {
  if (!payment.machine) return false;
  await sql.rows(
    { name: 'billing.trust-lock', text: `select pg_advisory_xact_lock(hashtextextended('larder.at-risk', $1))` },
    [payment.machine.id],
  );
  const rows = await sql.rows(
    {
      name: 'billing.trust',
      text: `
update payments set state = 'at_risk', updated_at = now()
where id = $1 and state = 'requested' and authorized_amount + (
  select coalesce(sum(p.authorized_amount), 0) from payments p
  join payments_transaction_lnk pt on pt.payment_id = p.id
  join transactions_machine_lnk tm on tm.transaction_id = pt.transaction_id
  where tm.machine_id = $2 and p.currency = payments.currency
    and (p.state = 'at_risk' or (p.state = 'capturing' and p.payment_intent_id is null))) <= $3
returning id`,
    },
    [payment.id, payment.machine.id, limit],
  );
  return rows.length > 0;
}
