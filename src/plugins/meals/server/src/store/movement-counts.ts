/** How often meals have moved: part of the unique names of their next movements. */
import type { Sql } from '../../../../../shared/sql';

/** By barcode. Exact while the meals' rows are locked. */
export async function countMovements(sql: Sql, barcodes: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.rows<{ barcode: string; n: number }>(
    {
      name: 'meals.count-movements',
      text: `select barcode, count(*)::int as n from stock_movements where barcode = any($1) group by 1`,
    },
    [barcodes],
  );
  return new Map(rows.map(({ barcode, n }) => [barcode, n]));
}

/** By barcode: how often each left this machine during this restock. */
export async function countOuts(
  sql: Sql,
  restockId: string,
  machineId: string,
  barcodes: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.rows<{ barcode: string; n: number }>(
    {
      name: 'meals.count-outs',
      text: `select barcode, count(*)::int as n from stock_movements
where restock_id = $1 and machine_id = $2 and barcode = any($3) and quantity < 0 group by 1`,
    },
    [restockId, machineId, barcodes],
  );
  return new Map(rows.map(({ barcode, n }) => [barcode, n]));
}
