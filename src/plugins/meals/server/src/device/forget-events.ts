import type { Database } from '../../../../../shared/sql';

/** Events that one run looks at, so that none holds anything up; once a minute that is more than a million a day. */
const BATCH = 1000;

/**
 * The sweep that deletes what devices said more than `keepDays` ago. It stays where it may still be asked for: of a purchase that is
 * not over, whose meals were not looked for, or whose money is not settled; of one with an open incident, and of a machine with
 * an open incident that is of no purchase; and of a meal that stands in the machine by the books.
 * @param keepDays 0 keeps all.
 */
export function createForgetMealEvents(database: Database, keepDays: number): () => Promise<void> {
  // Old events that stay are passed over until all have been looked at; then it begins anew.
  let after = '0';
  return async () => {
    if (keepDays === 0) return;
    await database.transaction(async (sql) => {
      await sql.rows(`set local larder.maintenance = 'on'`);
      const [seen] = await sql.rows<{ last: string | null; count: number }>(FORGET, [keepDays, after, BATCH]);
      after = (seen?.count === BATCH ? seen.last : null) ?? '0';
    });
  };
}

const FORGET = {
  name: 'meals.forget-events',
  // They are numbered as they come in: the oldest are first.
  text: `
with batch as (
  select id, machine_id, barcode, at, transaction_id from (
    select * from larder.meal_events where id > $2::bigint order by id limit $3
  ) first
  where received_at < now() - make_interval(days => $1)
),
forgotten as (
  delete from larder.meal_events where id = any(array(
    select b.id from batch b
    where (b.transaction_id is null or exists (
        select from transactions t
        where t.document_id = b.transaction_id and t.state in ('completed', 'empty', 'refused', 'expired')
          and t.payment_state in ('none', 'recorded', 'captured', 'released') and t.updated_at < now() - make_interval(days => $1)
          and (t.state <> 'completed' or exists (select from larder.allocations a where a.transaction_id = b.transaction_id))
          and not exists (
            select from incidents_transaction_lnk l join incidents i on i.id = l.incident_id
            where l.transaction_id = t.id and i.state = 'open')))
      and not exists (
        select from machines m join incidents_machine_lnk l on l.machine_id = m.id join incidents i on i.id = l.incident_id
        where m.document_id = b.machine_id and i.state = 'open'
          and not exists (select from incidents_transaction_lnk p where p.incident_id = i.id))
      and not exists (
        select from meals s join meals_machine_lnk l on l.meal_id = s.id join machines m on m.id = l.machine_id
        where s.barcode = b.barcode and s.state = 'stocked' and m.document_id = b.machine_id
          and b.at >= coalesce(s.stocked_at, '-infinity'))
  ))
)
select max(id)::text as last, count(*)::int as count from batch`,
};
