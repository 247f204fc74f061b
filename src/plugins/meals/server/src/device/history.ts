/** An entry in the history of a purchase; its row stays as it is. */
import { newDocumentId } from '../../../../../shared/ids';
import type { Sql } from '../../../../../shared/sql';

export interface HistoryNote {
  /** E.g. `meal.alarm`. */
  readonly name: string;
  /** One word: which meal. */
  readonly outcome: string;
}

export async function noteInHistory(sql: Sql, transactionId: string, { name, outcome }: HistoryNote): Promise<void> {
  await sql.rows(
    {
      name: 'meals.note-in-history',
      text: `
with purchase as (select id from transactions where document_id = $1),
event as (
  insert into events (document_id, name, kind, outcome, received_at, created_at, updated_at, published_at)
  select $2, $3, 'system', $4, clock_timestamp(), now(), now(), now() from purchase returning id
),
of_transaction as (
  insert into events_transaction_lnk (event_id, transaction_id, event_ord) select e.id, p.id, e.id from event e, purchase p
),
of_machine as (
  insert into events_machine_lnk (event_id, machine_id)
  select e.id, m.machine_id from event e, purchase p join transactions_machine_lnk m on m.transaction_id = p.id
)
insert into events_user_lnk (event_id, user_id)
select e.id, u.user_id from event e, purchase p join transactions_user_lnk u on u.transaction_id = p.id`,
    },
    [transactionId, newDocumentId(), name, outcome],
  );
}
