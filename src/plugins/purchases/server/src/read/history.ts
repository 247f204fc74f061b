import type { Sql } from '../../../../../shared/sql';

/** The JSON of a purchase's history, oldest first: `{ data: [...] }`. Undefined where there is no such purchase. */
export async function findHistory(sql: Sql, key: string, userId: number | null): Promise<string | undefined> {
  const [row] = await sql.rows<{ json: string }>(
    {
      name: 'purchases.history',
      text: `
select json_build_object('data', coalesce((
  select json_agg(json_build_object('id', e.document_id, 'kind', e.kind, 'name', e.name, 'outcome', e.outcome,
      'message', e.message, 'data', e.data, 'receivedAt', to_char(e.received_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by e.id)
  from events_transaction_lnk et join events e on e.id = et.event_id where et.transaction_id = t.id), '[]'::json))::text as json
from transactions t left join transactions_user_lnk tu on tu.transaction_id = t.id
where (t.document_id = $1 or t.ref = $1) and ($2::int is null or tu.user_id = $2) limit 1`,
    },
    [key, userId],
  );
  return row?.json;
}
