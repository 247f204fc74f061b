import type { Sql } from '../../../shared/sql';

export type Removal = 'removed' | 'has_history' | 'not_found';

/**
 * Deletes a machine that nothing ever happened at: e.g. one that was made by mistake. What is history stays, and its
 * machine with it.
 */
export async function removeMachine(sql: Sql, key: string): Promise<Removal> {
  const [row] = await sql.rows<{ found: boolean; removed: boolean }>(
    {
      name: 'machines.remove',
      text: `
with machine as (
  select id, document_id from machines where document_id = $1 or vendor_id = $1 order by (document_id = $1) desc limit 1 for update
),
gone as (
  delete from machines m using machine f where m.id = f.id
    and not exists (select 1 from transactions_machine_lnk where machine_id = f.id)
    and not exists (select 1 from stock_movements where machine_id = f.document_id)
    and not exists (select 1 from larder.reading_hours where machine_id = f.id)
  returning m.id
)
select exists (select 1 from machine) as found, exists (select 1 from gone) as removed`,
    },
    [key],
  );
  if (!row?.found) return 'not_found';
  return row.removed ? 'removed' : 'has_history';
}
