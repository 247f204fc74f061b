/**
 * What no job and no webhook has brought to an end: payments that are still to be settled, holds about to lapse, and
 * intents whose customer never came back. Everything is decided by the database's clock.
 */
import { moneyMessage } from '../../../../../shared/money-messages';
import { paymentAlert } from '../core/alerts';
import type { BillingParts } from '../core/parts';
import type { Payment } from '../core/payment';
import { changePayment } from '../store/payments';
import { PAYMENT_COLUMNS, PAYMENT_JOINS, paymentOf, type PaymentRow } from '../store/payment-row';
import { settleBy } from './capture';
import { recordContradiction } from './outcomes';
import { settleJob, settlePaymentJob } from './settle';

/** A job that is not done after so long is sent again; that it may run twice at once harms nothing. Seconds. */
const STALE_S = 60;
/**
 * What a completed purchase costs is final once its meals were looked for. Where that does not come about within ten minutes,
 * the total at the catalogue's prices counts.
 */
const PRICED = `(t.completed_at < now() - interval '10 minutes'
  or exists (select 1 from larder.allocations a where a.transaction_id = t.document_id))`;
/** How long a customer may take to confirm an intent before it is given up. Seconds. */
const ACTION_S = 1800;
/** So long before a hold lapses, somebody is told. Hours. */
const EXPIRING_H = 24;
/** While Stripe is away one is tried, to find out; the others wait for it to be back. */
const LIMIT = 200;
const LIMIT_WHILE_AWAY = 1;

type Due = PaymentRow & { due: 'settle' | 'give_up' | 'expiring' | 'lapsed'; total: number | null };

export function createSweep(parts: BillingParts): () => Promise<void> {
  return async () => {
    const rows = await parts.database.rows<Due>(
      {
        name: 'billing.sweep',
        text: `
with pending as (
  select p.id, case
    when p.state in ('capturing', 'releasing') and p.updated_at < now() - make_interval(secs => $1) then 'settle'
    when p.state = 'action_required' and p.updated_at < now() - make_interval(secs => $2) then 'give_up'
    when p.state in ('requested', 'held', 'at_risk') and p.updated_at < now() - make_interval(secs => $1)
      and (t.state in ('empty', 'refused', 'expired') or t.state = 'completed' and ${PRICED}) then 'settle'
    when p.state = 'held' and p.capture_before < now() then 'lapsed'
    when p.state = 'held' and p.capture_before < now() + make_interval(hours => $3) then 'expiring'
    end as due, t.total_amount as total
  from payments p
  left join payments_transaction_lnk pt on pt.payment_id = p.id left join transactions t on t.id = pt.transaction_id
  where p.state in ('requested', 'held', 'at_risk', 'action_required', 'capturing', 'releasing')
)
select ${PAYMENT_COLUMNS}, d.due, d.total
from pending d join payments p on p.id = d.id ${PAYMENT_JOINS}
where d.due is not null order by p.updated_at limit $4`,
      },
      [STALE_S, ACTION_S, EXPIRING_H, parts.isStripeUp() ? LIMIT : LIMIT_WHILE_AWAY],
    );
    for (const row of rows) await actOn(paymentOf(row), row, parts);
  };
}

async function actOn(payment: Payment, { due, total }: Due, parts: BillingParts): Promise<void> {
  switch (due) {
    case 'settle': {
      const { transaction } = payment;
      const amount = payment.captureAmount ?? total ?? 0;
      const job = transaction
        ? settleJob({ transactionId: transaction.documentId, amount })
        : settlePaymentJob(payment.key);
      return parts.database.transaction(async (sql) => {
        await sql.rows({ name: 'billing.sweep-touch', text: `update payments set updated_at = now() where id = $1` }, [
          payment.id,
        ]);
        await parts.queue.send(sql, [job]);
      });
    }
    case 'give_up':
      await changePayment(parts.database, payment.id, { to: 'releasing' });
      return;
    case 'expiring': {
      const message = 'The hold lapses within a day. What was taken must be decided before that.';
      return parts.queue.send(parts.database, [paymentAlert(parts.notifier, payment, 'hold_expiring', message)]);
    }
    case 'lapsed':
      return lookAtLapsed(payment, parts);
  }
}

/** Stripe says whether it is so: clocks differ, and some banks keep a hold for longer. */
async function lookAtLapsed(payment: Payment, parts: BillingParts): Promise<void> {
  const { paymentIntentId } = payment;
  if (paymentIntentId === null) return;
  const answer = await parts.call((stripe) => stripe.paymentIntents.retrieve(paymentIntentId));
  if (answer.kind === 'invalid') return recordContradiction(payment, moneyMessage('hold_unknown'), parts);
  if (answer.kind === 'ok') await settleBy(payment, answer.value, parts);
}
