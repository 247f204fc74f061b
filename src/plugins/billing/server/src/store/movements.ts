/** A page of Stripe's balance against our rows, in one statement each. */
import type { Sql } from '../../../../../shared/sql';
import type { Movement } from '../stripe/movements';

export interface MatchedMovement {
  readonly id: string;
  readonly kind: Movement['kind'];
  readonly sourceId: string;
  readonly chargeId: string | null;
  readonly amount: number;
  readonly fee: number;
  readonly currency: string;
  readonly namedKey: string | null;
  /** The payment whose charge it is about; null where Larder has none. */
  readonly payment: {
    readonly id: number;
    readonly documentId: string;
    readonly key: string;
    readonly currency: string;
    readonly transactionId: string | null;
    readonly machineId: string | null;
    readonly customerId: string | null;
  } | null;
  /** What our books have of it, in minor units; null where they have nothing. */
  readonly booked: number | null;
  readonly hasFee: boolean;
}

/** `booked` of a charge is what was captured; of the others, what their own posting says. */
export const MATCH = `
select x.id, x.kind, x."sourceId", x."chargeId", x.amount, x.fee, x.currency, x."paymentKey" as named,
  p.id as p_id, p.document_id, p.key, p.currency as p_currency, t.document_id as transaction_id,
  m.document_id as machine_id, u.customer_id,
  case x.kind
    when 'charge' then nullif(p.captured_amount, 0)
    when 'refund' then case when r.state in ('succeeded', 'pending', 'failed') then r.amount end
    when 'refund_failure' then case when r.state = 'failed' then r.amount end
    else (select e.amount from ledger_entries e where e.account = case x.kind when 'withdrawn' then 'disputes' else 'stripe' end
      and e.posting = case x.kind when 'withdrawn' then 'dispute:' else 'dispute-won:' end || x."sourceId")
  end as booked,
  exists (select from ledger_entries f where f.posting = 'fee:' || x.id) as has_fee
from jsonb_to_recordset($1::jsonb) as x(id text, kind text, "sourceId" text, "chargeId" text, amount int, fee int,
  currency text, "paymentKey" text)
left join payments p on p.charge_id = x."chargeId" and p.state not in ('declined', 'handed_over')
left join refunds r on r.stripe_refund_id = x."sourceId" and x.kind in ('refund', 'refund_failure')
left join payments_transaction_lnk pt on pt.payment_id = p.id left join transactions t on t.id = pt.transaction_id
left join transactions_machine_lnk tm on tm.transaction_id = t.id left join machines m on m.id = tm.machine_id
left join payments_user_lnk pu on pu.payment_id = p.id left join up_users u on u.id = pu.user_id`;

type Row = {
  id: string;
  kind: Movement['kind'];
  sourceId: string;
  chargeId: string | null;
  amount: number;
  fee: number;
  currency: string;
  named: string | null;
  p_id: number | null;
  document_id: string;
  key: string;
  p_currency: string;
  transaction_id: string | null;
  machine_id: string | null;
  customer_id: string | null;
  booked: number | null;
  has_fee: boolean;
};

export async function matchMovements(sql: Sql, movements: readonly Movement[]): Promise<MatchedMovement[]> {
  const rows = await sql.rows<Row>({ name: 'billing.match-movements', text: MATCH }, [JSON.stringify(movements)]);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    sourceId: row.sourceId,
    chargeId: row.chargeId,
    amount: row.amount,
    fee: row.fee,
    currency: row.currency,
    namedKey: row.named,
    payment:
      row.p_id === null
        ? null
        : {
            id: row.p_id,
            documentId: row.document_id,
            key: row.key,
            currency: row.p_currency,
            transactionId: row.transaction_id,
            machineId: row.machine_id,
            customerId: row.customer_id,
          },
    booked: row.booked,
    hasFee: row.has_fee,
  }));
}
