import type { Sql } from '../../../../../shared/sql';
import type { Fridge } from '../core/restock';

/** Also one that is retired: it has to be emptied. @param key a documentId or the vendor's machine id. */
export async function findFridge(sql: Sql, key: string): Promise<Fridge | null> {
  const [row] = await sql.rows<Fridge>(
    {
      name: 'meals.fridge',
      text: `select id, document_id as "documentId", vendor_id as "vendorId", label, timezone as "timeZone" from machines
where document_id = $1 or vendor_id = $1 order by (document_id = $1) desc limit 1`,
    },
    [key],
  );
  return row ?? null;
}
