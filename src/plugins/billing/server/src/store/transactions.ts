import type { Sql } from '../../../../../shared/sql';

/** The documentId of a purchase that is named by its documentId or its ref. */
export async function findTransactionId(sql: Sql, idOrRef: string): Promise<string | null> {
  const [row] = await sql.rows<{ document_id: string }>(
    {
      name: 'billing.transaction-id',
      text: `select document_id from transactions where document_id = $1 or ref = $1 limit 1`,
    },
    [idOrRef],
  );
  return row?.document_id ?? null;
}
