import type { Sql } from '../../src/shared/sql';
import type { Simulator } from '../../simulator';

/** The promises that hold after any run, checked on the database and on what the fridges saw. Answers every breach. */
export async function breaches(sql: Sql, simulator?: Simulator): Promise<string[]> {
  const found: string[] = [];
  for (const [promise, query] of Object.entries(QUERIES)) {
    for (const row of await sql.rows(query)) found.push(`${promise}: ${JSON.stringify(row)}`);
  }
  if (simulator) found.push(...(await doorBreaches(sql, simulator)));
  return found;
}

const QUERIES: Readonly<Record<string, string>> = {
  'at most one live purchase a machine': `
    select m.vendor_id, count(*) from transactions t join transactions_machine_lnk l on l.transaction_id = t.id
    join machines m on m.id = l.machine_id
    where t.state in ('requested', 'authorized', 'opening', 'open', 'closed') group by 1 having count(*) > 1`,
  'live exactly while it holds its machine': `
    select document_id, state, active_machine from transactions
    where (active_machine is not null) <> (state in ('requested', 'authorized', 'opening', 'open', 'closed'))`,
  'every live purchase has a deadline': `
    select document_id, state from transactions where active_machine is not null and deadline_at is null`,
  'one door command a purchase in its history': `
    select t.document_id, count(*) from transactions t join events_transaction_lnk l on l.transaction_id = t.id
    join events e on e.id = l.event_id where e.name = 'smart_fridge_door_open' and e.kind = 'command'
    group by 1 having count(*) > 1`,
  'the total is the sum of the lines': `
    select t.document_id, t.total_amount, coalesce(sum(l.amount), 0) as lines from transactions t
    left join transaction_lines_transaction_lnk k on k.transaction_id = t.id left join transaction_lines l on l.id = k.line_id
    where t.state in ('completed', 'empty') group by 1, 2 having t.total_amount is distinct from coalesce(sum(l.amount), 0)`,
  'each line is quantity times price': `select id from transaction_lines where amount <> quantity * unit_amount`,
  'lines only where something was bought': `
    select t.document_id, t.state from transactions t join transaction_lines_transaction_lnk k on k.transaction_id = t.id
    where t.state <> 'completed' group by 1, 2`,
  'a completed purchase has lines': `
    select t.document_id from transactions t where t.state = 'completed'
    and not exists (select 1 from transaction_lines_transaction_lnk k where k.transaction_id = t.id)`,
  'charged only where the door was asked for': `
    select document_id, state from transactions where state in ('completed', 'empty', 'review') and door_requested_at is null`,
  'a review or an expiry has an alert on its way or told': `
    select t.document_id, t.state from transactions t where t.state in ('review', 'expired')
    and not exists (select 1 from pgboss.job j where j.name = 'alerts.raise' and j.data ->> 'transactionId' = t.document_id
      and j.data ->> 'cause' in ('purchase_review', 'purchase_expired'))
    and not exists (select 1 from pgboss.archive j where j.name = 'alerts.raise' and j.data ->> 'transactionId' = t.document_id)`,
  'stock is the sum of its movements': `
    select coalesce(s.machine_id, m.machine_id) as machine, coalesce(s.sku, m.sku) as sku, s.quantity, m.moved from larder.stock s
    full join (select machine_id, sku, sum(quantity)::int as moved from stock_movements group by 1, 2) m using (machine_id, sku)
    where s.quantity is distinct from m.moved`,
  'a meal that left has no machine': `
    select m.barcode, m.state, k.machine_id from meals m join meals_machine_lnk k on k.meal_id = m.id
    where m.state in ('sold', 'collected', 'stolen', 'removed')`,
  'no meal is reserved for two': `
    select meal_id from meals_reserved_for_lnk group by 1 having count(*) > 1`,
  'no meal in two purchases': `
    select meal_id from meals_transaction_lnk group by 1 having count(*) > 1`,
  'a meal leaves the books once': `
    select machine_id, barcode from stock_movements where barcode is not null
    group by 1, 2 having sum(quantity) not in (0, 1)`,
  'a purchase takes out what its list says, or nothing': `
    select t.document_id, b.bought, v.moved from transactions t
    join (select k.transaction_id, sum(l.quantity)::int as bought from transaction_lines_transaction_lnk k
      join transaction_lines l on l.id = k.line_id group by 1) b on b.transaction_id = t.id
    join (select transaction_id, -sum(quantity)::int as moved from stock_movements where transaction_id is not null group by 1) v
      on v.transaction_id = t.document_id
    where b.bought <> v.moved`,
  'no more stands in a machine than its books say, unless somebody was told': `
    select f.document_id, m.sku, count(*), s.quantity from meals m join meals_machine_lnk k on k.meal_id = m.id
    join machines f on f.id = k.machine_id left join larder.stock s on s.machine_id = f.document_id and s.sku = m.sku
    where not exists (select 1 from pgboss.job j where j.name = 'alerts.raise' and j.data ->> 'machineId' = f.document_id
      and j.data ->> 'cause' in ('stock_mismatch', 'meal_gone'))
    group by 1, 2, 4 having count(*) > coalesce(s.quantity, 0)`,
  'a theft has its line, its price and its incident': `
    select h.transaction_id, h.barcode from larder.thefts h join transactions t on t.document_id = h.transaction_id
    where not exists (select 1 from pgboss.job j where j.name = 'alerts.raise' and j.data ->> 'cause' = 'theft'
        and j.data ->> 'occurrence' = h.transaction_id || ':theft:' || h.barcode)
      or (h.is_seen and t.payment_state <> 'review' and not exists (
        select 1 from transaction_lines_transaction_lnk k join transaction_lines l on l.id = k.line_id
        where k.transaction_id = t.id and l.kind = 'theft' and l.sku = h.sku and l.unit_amount = h.amount))`,
  'nobody is charged the price of a theft that was not seen': `
    select t.document_id from transactions t join transaction_lines_transaction_lnk k on k.transaction_id = t.id
    join transaction_lines l on l.id = k.line_id where l.kind = 'theft'
    group by 1 having sum(l.quantity) <> (
      select count(*) from larder.thefts h where h.transaction_id = t.document_id and h.is_seen)`,
  'no token in an event': `select id from events where data::text like '%vendron-token-for-tests%'`,
};

/** The fridges themselves count how often each was asked for its door. */
async function doorBreaches(sql: Sql, simulator: Simulator): Promise<string[]> {
  const rows = await sql.rows<{ vendor_id: string; asked: number }>(`
    select m.vendor_id, count(t.door_requested_at)::int as asked from machines m
    join transactions_machine_lnk l on l.machine_id = m.id join transactions t on t.id = l.transaction_id group by 1`);
  return rows.flatMap(({ vendor_id: id, asked }) => {
    const seen = simulator.machine(id).doorCommands;
    return seen > asked ? [`the door of ${id} was asked for ${seen} times by ${asked} purchases`] : [];
  });
}
