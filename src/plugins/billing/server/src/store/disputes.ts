import type { Sql } from '../../../../../shared/sql';
import type { Payment } from '../core/payment';

export type DisputeStage = 'opened' | 'won' | 'lost' | 'closed';

/**
 * Writes down how far a dispute is. It goes from `opened` to one end, and never back.
 * @returns the steps that are new, in order; none where this was known, or something later. Of two that ask at the same
 * time, the second waits for the first one's transaction.
 */
export async function reachStages(
  sql: Sql,
  disputeId: string,
  paymentId: number,
  stage: DisputeStage,
): Promise<DisputeStage[]> {
  const [row] = await sql.rows<{ is_new: boolean }>(
    {
      name: 'billing.reach-dispute-stage',
      text: `
insert into larder.stripe_disputes as d (id, payment_id, stage) values ($1, $2, $3)
on conflict (id) do update set stage = excluded.stage, updated_at = now()
  where d.stage = 'opened' and excluded.stage <> 'opened'
returning xmax = 0 as is_new`,
    },
    [disputeId, paymentId, stage],
  );
  if (!row) return [];
  return row.is_new && stage !== 'opened' ? ['opened', stage] : [stage];
}

/** What banks have withdrawn of a payment, and not given back, says the ledger. */
export async function sumDisputes(sql: Sql, payment: Payment): Promise<void> {
  await sql.rows(
    {
      name: 'billing.sum-disputes',
      text: `
with held as (
  select coalesce(sum(amount), 0)::int as amount from ledger_entries where payment_id = $2 and account = 'disputes'
)
update payments set disputed_amount = greatest(held.amount, 0), updated_at = now()
from held where id = $1 and disputed_amount is distinct from greatest(held.amount, 0)`,
    },
    [payment.id, payment.documentId],
  );
}
