/**
 * Larder's own books: payments against the ledger, and purchases against both. Read in batches along the primary key, each
 * payment with its entries, its debts and its purchase by index, so that no statement is long however much there is.
 */
import type { Sql } from '../../../../../shared/sql';
import type { Difference } from '../core/difference';

/** Payments in one statement. */
const BATCH = 1000;

/** After so long a purchase that is over should have its money settled. Hours. */
const SETTLED_WITHIN_H = 24;

type Row = {
  last_id: number;
  payment_id: string;
  key: string;
  transaction_id: string | null;
  machine_id: string | null;
  customer_id: string | null;
  rule: string;
  expected: number;
  found: number;
  currency: string;
};

/**
 * What has to hold for each payment: the first column names the rule, then what should be and what is. `l` are the sums of
 * its ledger entries, `d` the amounts of its debts by state. A total stays when something is given back; what was charged
 * above it does not.
 */
export const COMPARE = `
with batch as (
  select p.* from payments p where p.id > $1 order by p.id limit $2
),
seen as (
  select b.id, b.document_id, b.key, b.currency, b.state, b.purpose, b.authorized_amount, b.captured_amount,
    greatest(b.captured_amount - coalesce(b.capture_amount, b.captured_amount), 0) as above_due,
    b.refunded_amount, b.disputed_amount, coalesce(b.fee_amount, 0) as fee_amount, b.payment_intent_id, b.updated_at,
    l.*, coalesce(d.amount, 0) as owed, coalesce(d.open, 0) as open_debt,
    t.id as t_id, t.document_id as transaction_id, t.state as t_state, t.total_amount as total,
    t.captured_amount as t_captured, t.refunded_amount as t_refunded, m.document_id as machine_id, u.customer_id
  from batch b
  cross join lateral (
    select coalesce(sum(e.amount) filter (where e.account = 'holds'), 0)::int as holds,
      coalesce(sum(e.amount) filter (where e.account = 'stripe'), 0)::int as stripe,
      coalesce(sum(e.amount) filter (where e.account = 'sales'), 0)::int as sales,
      coalesce(sum(e.amount) filter (where e.account = 'refunds'), 0)::int as refunds,
      coalesce(sum(e.amount) filter (where e.account = 'fees'), 0)::int as fees,
      coalesce(sum(e.amount) filter (where e.account = 'disputes'), 0)::int as disputes
    from ledger_entries e where e.payment_id = b.document_id
  ) l
  left join lateral (
    select sum(x.amount)::int as amount, (sum(x.amount) filter (where x.state = 'open'))::int as open
    from debts_payment_lnk dl join debts x on x.id = dl.debt_id where dl.payment_id = b.id
  ) d on true
  left join payments_transaction_lnk pt on pt.payment_id = b.id left join transactions t on t.id = pt.transaction_id
  left join transactions_machine_lnk tm on tm.transaction_id = t.id left join machines m on m.id = tm.machine_id
  left join payments_user_lnk pu on pu.payment_id = b.id left join up_users u on u.id = pu.user_id
)
select (select max(id) from batch) as last_id, s.document_id as payment_id, s.key, s.transaction_id, s.machine_id,
  s.customer_id, r.rule, r.expected, r.found, s.currency
from seen s cross join lateral (values
  ('held', case when s.state = 'held' then s.authorized_amount when s.state in ('capturing', 'releasing') then s.holds
    else 0 end, s.holds),
  ('captured', s.captured_amount, s.stripe + s.fees + s.refunds + s.disputes),
  ('refunded', s.refunded_amount, s.refunds),
  ('fees', s.fee_amount, s.fees),
  ('disputed', s.disputed_amount, s.disputes),
  ('sold', case when s.purpose = 'debt' then -s.sales else s.captured_amount + s.owed end, -s.sales),
  ('total', case when s.t_state = 'completed' then coalesce(s.total, 0) else 0 end,
    case when s.t_state is null or s.purpose <> 'purchase' or s.state not in ('captured', 'released', 'declined')
        or s.t_state not in ('completed', 'empty', 'refused', 'expired')
      then case when s.t_state = 'completed' then coalesce(s.total, 0) else 0 end
      when s.t_state = 'completed'
        then s.captured_amount - least(s.above_due, s.refunded_amount + s.disputed_amount) + s.owed
      else s.captured_amount - s.refunded_amount - s.disputed_amount + s.owed end),
  ('purchase', case when s.purpose = 'purchase' and s.state = 'captured' then s.captured_amount else 0 end,
    case when s.purpose = 'purchase' and s.state = 'captured' then coalesce(s.t_captured, 0) else 0 end),
  ('unsettled', 0, case when s.state in ('requested', 'held', 'at_risk', 'capturing', 'releasing')
    and s.t_state in ('completed', 'empty', 'refused', 'expired')
    and s.updated_at < now() - make_interval(hours => ${SETTLED_WITHIN_H}) then greatest(s.authorized_amount, 1) else 0 end)
) r(rule, expected, found)
where r.expected <> r.found`;

/** Debts whose entries do not say what their state says: open ones are owed, others are not. */
const DEBTS = `
with batch as (select d.* from debts d where d.id > $1 order by d.id limit $2)
select (select max(id) from batch) as last_id, p.document_id as payment_id, p.key, t.document_id as transaction_id,
  m.document_id as machine_id, u.customer_id, 'debt' as rule,
  case when b.state = 'open' then b.amount else 0 end as expected, l.owed as found, b.currency
from batch b
cross join lateral (
  select coalesce(sum(e.amount), 0)::int as owed from ledger_entries e
  where e.posting in ('debt:' || b.key, 'debt-end:' || b.key) and e.account = 'receivable'
) l
left join debts_payment_lnk dp on dp.debt_id = b.id left join payments p on p.id = dp.payment_id
left join debts_transaction_lnk dt on dt.debt_id = b.id left join transactions t on t.id = dt.transaction_id
left join transactions_machine_lnk tm on tm.transaction_id = t.id left join machines m on m.id = tm.machine_id
left join debts_user_lnk du on du.debt_id = b.id left join up_users u on u.id = du.user_id
where l.owed <> case when b.state = 'open' then b.amount else 0 end`;

const BATCHES = [
  { name: 'billing.compare-payments', text: COMPARE, table: 'payments' },
  { name: 'billing.compare-debts', text: DEBTS, table: 'debts' },
] as const;

/** Every payment and every debt whose sums do not agree. */
export async function compareOwnBooks(sql: Sql): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const { name, text, table } of BATCHES) {
    for (let after = 0; ;) {
      const rows = await sql.rows<Row>({ name, text }, [after, BATCH]);
      differences.push(...rows.map(differenceOf));
      const last = await lastOf(sql, table, after);
      if (last === null) break;
      after = last;
    }
  }
  return differences;
}

async function lastOf(sql: Sql, table: 'payments' | 'debts', after: number): Promise<number | null> {
  const [row] = await sql.rows<{ last: number | null }>(
    {
      name: `billing.last-of-${table}`,
      text: `select max(id) as last from (select id from ${table} where id > $1 order by id limit $2) b`,
    },
    [after, BATCH],
  );
  return row?.last ?? null;
}

function differenceOf(row: Row): Difference {
  return {
    paymentId: row.payment_id,
    paymentKey: row.key,
    transactionId: row.transaction_id,
    machineId: row.machine_id,
    customerId: row.customer_id,
    rule: row.rule,
    expected: row.expected,
    found: row.found,
    currency: row.currency,
  };
}
