import type { Sql } from '../../src/shared/sql';
import type { Simulator } from '../../simulator';
import { stockBreaches } from './stock-invariants';

/** The promises that hold after any run, checked on the database and on what the fridges saw. Answers every breach. */
export async function breaches(sql: Sql, simulator?: Simulator): Promise<string[]> {
  const found = await stockBreaches(sql); // first: it waits for what follows the end of a purchase
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
