import type { Sql } from '../../src/shared/sql';
import { eventually } from './eventually';

/** A job of a process that was killed is given out again after some 20 s. */
const BROUGHT_IN_WITHIN_MS = 60_000;

/** Waits until every purchase that has ended has taken its meals out of the books, which it does by a job; not for ever. */
export async function mealsTakenOut(sql: Sql): Promise<void> {
  await eventually(
    async () => {
      if ((await sql.rows(PENDING)).length > 0) throw new Error('not yet');
    },
    { withinMs: BROUGHT_IN_WITHIN_MS, everyMs: 20 },
  ).catch(() => undefined);
}

/**
 * What holds of the meals after any run, checked on the books and on the machines, once no job of a purchase's meals is left:
 * one that still is, is a breach. Answers every breach.
 */
export async function stockBreaches(sql: Sql): Promise<string[]> {
  const found: string[] = [];
  await mealsTakenOut(sql);
  for (const [promise, query] of Object.entries({ 'no meals are still looked for': PENDING, ...QUERIES })) {
    for (const row of await sql.rows(query)) found.push(`${promise}: ${JSON.stringify(row)}`);
  }
  return found;
}

const PENDING = `select name, data ->> 'transactionId' as transaction, state, output from pgboss.job
  where name in ('meals.allocate', 'meals.allocate-dead', 'meals.check-empty', 'meals.compensate', 'meals.compensate-dead') and state <> 'completed'`;

/** What each purchase has on its lines, by product. */
const BOUGHT = `select t.document_id as transaction_id, l.sku, sum(l.quantity)::int as units from transactions t
  join transaction_lines_transaction_lnk k on k.transaction_id = t.id join transaction_lines l on l.id = k.line_id group by 1, 2`;

const QUERIES: Readonly<Record<string, string>> = {
  'stock is the sum of its movements': `
    select coalesce(s.machine_id, m.machine_id) as machine, coalesce(s.sku, m.sku) as sku, s.quantity, m.moved from larder.stock s
    full join (select machine_id, sku, sum(quantity)::int as moved from stock_movements group by 1, 2) m using (machine_id, sku)
    where s.quantity is distinct from m.moved`,
  'the meals of a purchase were looked for exactly where it ended with or without some': `
    select t.document_id, t.state from transactions t left join larder.allocations a on a.transaction_id = t.document_id
    where (t.state in ('completed', 'empty')) <> (a.transaction_id is not null)`,
  'a machine that keeps books takes its purchases out of them': `
    select t.document_id from transactions t join larder.allocations a on a.transaction_id = t.document_id
    join transactions_machine_lnk k on k.transaction_id = t.id join machines f on f.id = k.machine_id
    where t.state = 'completed' and a.result is null
      and exists (select 1 from stock_movements v where v.machine_id = f.document_id and v.moved_at < a.allocated_at)`,
  'each unit on a line is one movement out, by product': `
    select transaction_id, sku, b.units, v.movements, v.moved from (${BOUGHT}) b
    full join (
      select transaction_id, sku, count(*)::int as movements, sum(quantity)::int as moved,
        bool_and(kind = 'out' and quantity = -1) as is_out
      from stock_movements where transaction_id is not null group by 1, 2
    ) v using (transaction_id, sku)
    where exists (select 1 from larder.allocations a where a.transaction_id = coalesce(v.transaction_id, b.transaction_id)
        and (a.result is not null or v.transaction_id is not null))
      and (b.units is distinct from v.movements or not v.is_out)`,
  'nothing left a machine without a purchase that was completed there': `
    select v.key, v.transaction_id, t.state from stock_movements v left join transactions t on t.document_id = v.transaction_id
    left join transactions_machine_lnk k on k.transaction_id = t.id left join machines f on f.id = k.machine_id
    where v.transaction_id is not null and (t.state is distinct from 'completed' or f.document_id is distinct from v.machine_id)`,
  'no unit without its meal where one stood there that was not seen to go': `
    select v.key, v.sku, m.barcode from stock_movements v
    join stock_movements i on i.machine_id = v.machine_id and i.sku = v.sku and i.barcode is not null and i.quantity = 1 and i.id < v.id
    join meals m on m.barcode = i.barcode
    where v.transaction_id is not null and v.barcode is null
      and not exists (select 1 from stock_movements o where o.barcode = m.barcode and o.quantity = -1 and o.id < v.id)
      and not exists (select 1 from larder.meal_events e where e.barcode = m.barcode)`,
  'a meal leaves the books of a machine once, and is in those of the machine it stands in': `
    select m.barcode, m.state, v.machine_id, v.units, f.document_id as stands_in from meals m
    full join (select barcode, machine_id, sum(quantity)::int as units from stock_movements where barcode is not null group by 1, 2) v
      on v.barcode = m.barcode
    left join meals_machine_lnk k on k.meal_id = m.id left join machines f on f.id = k.machine_id
    where v.units is distinct from case when f.document_id = v.machine_id then 1 else 0 end
      and not (v.machine_id is null and f.id is null)`,
  'a meal that left has no machine': `
    select m.barcode, m.state, k.machine_id from meals m join meals_machine_lnk k on k.meal_id = m.id
    where m.state in ('sold', 'collected', 'stolen', 'removed')`,
  'a meal is sold exactly where its last movement is a purchase, to that one alone': `
    select m.barcode, m.state, last.transaction_id, sold.document_ids from meals m
    left join lateral (
      select v.transaction_id from stock_movements v where v.barcode = m.barcode order by v.id desc limit 1
    ) last on true
    left join lateral (
      select array_agg(t.document_id) as document_ids from meals_transaction_lnk k join transactions t on t.id = k.transaction_id
      where k.meal_id = m.id
    ) sold on true
    where (m.state in ('sold', 'collected', 'stolen')) <> (last.transaction_id is not null)
      or sold.document_ids is distinct from case when last.transaction_id is not null then array[last.transaction_id] end`,
  'no meal is reserved for two': `
    select meal_id from meals_reserved_for_lnk group by 1 having count(*) > 1`,
  'no more stands in a machine than its books say, unless somebody was told': `
    select f.document_id, m.sku, count(*), s.quantity from meals m join meals_machine_lnk k on k.meal_id = m.id
    join machines f on f.id = k.machine_id left join larder.stock s on s.machine_id = f.document_id and s.sku = m.sku
    where not exists (select 1 from pgboss.job j where j.name = 'alerts.raise' and j.data ->> 'machineId' = f.document_id
      and j.data ->> 'cause' in ('stock_mismatch', 'meal_gone'))
    group by 1, 2, 4 having count(*) > coalesce(s.quantity, 0)`,
  'what was found of the meals is what the purchase costs': `
    select t.document_id, t.total_amount, a.result ->> 'total' as found from transactions t
    join larder.allocations a on a.transaction_id = t.document_id
    where a.result is not null and t.total_amount is distinct from (a.result ->> 'total')::int`,
  'what is due is what it costs, and is told': `
    select t.document_id, t.total_amount, array_agg(j.data ->> 'amount') as told from transactions t
    join payments p on p.key = 'purchase:' || t.document_id
    left join pgboss.job j on j.name = 'billing.settle' and j.data ->> 'transactionId' = t.document_id
    where t.state = 'completed'
    group by 1, 2 having count(j.id) = 0 or bool_or((j.data ->> 'amount')::int <> t.total_amount)`,
  'a theft has its line, its price and its incident': `
    select h.transaction_id, h.barcode from larder.thefts h join transactions t on t.document_id = h.transaction_id
    where not exists (select 1 from pgboss.job j where j.name = 'alerts.raise' and j.data ->> 'cause' = 'theft'
        and j.data ->> 'occurrence' = h.transaction_id || ':theft:' || h.barcode)
      or (h.is_seen and t.payment_state <> 'review' and not exists (
        select 1 from transaction_lines_transaction_lnk k join transaction_lines l on l.id = k.line_id
        where k.transaction_id = t.id and l.kind = 'theft' and l.sku = h.sku and l.unit_amount = h.amount))`,
  'the owner of a stolen meal has another, or its share of the price back once, or a person is to decide': `
    select h.transaction_id, h.barcode, h.offer, h.refund_amount, h.is_owed from larder.thefts h
    where (h.offer is not null)::int + (h.refund_amount is not null)::int + h.is_owed::int <> 1
      or (h.refund_amount is not null and (select array_agg(r.amount) from refunds r
        where r.requested_by = 'larder' and r.reason like '%meal ' || h.barcode || ' %') is distinct from array[h.refund_amount])`,
  'nobody is charged the price of a theft that was not seen': `
    select t.document_id from transactions t join transaction_lines_transaction_lnk k on k.transaction_id = t.id
    join transaction_lines l on l.id = k.line_id where l.kind = 'theft'
    group by 1 having sum(l.quantity) <> (
      select count(*) from larder.thefts h where h.transaction_id = t.document_id and h.is_seen)`,
};
