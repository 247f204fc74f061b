import type { Sql } from '../../../../../shared/sql';
import type { Payment } from '../core/payment';
import type { PurchaseStage } from '../webhooks/apply/intent-verdict';

/** Whether what is due for a payment is still to come, for a person to decide, or known. */
export async function purchaseStage(sql: Sql, { transaction }: Payment): Promise<PurchaseStage> {
  if (!transaction) return 'over';
  const [row] = await sql.rows<{ stage: PurchaseStage }>(
    {
      name: 'billing.purchase-stage',
      text: `
select case when state = 'review' then 'undecided' when state in ('completed', 'empty', 'refused', 'expired') then 'over'
  else 'live' end as stage
from transactions where id = $1`,
    },
    [transaction.id],
  );
  return row?.stage ?? 'over';
}
