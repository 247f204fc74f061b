import type { Sql } from '../../../../../shared/sql';

/** A product of a machine whose books contradict each other. */
export interface StockDifference {
  readonly sku: string;
  /** As it is kept. */
  readonly quantity: number;
  /** The sum of its movements. */
  readonly moved: number;
  /** Meals with a barcode that stand there: never more than the quantity. */
  readonly standing: number;
}

/** Machines (documentIds) that anybody keeps count of, or where a meal stands. */
export async function findStockedMachines(sql: Sql): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>({
    name: 'meals.stocked-machines',
    text: `select machine_id as id from larder.stock union
select f.document_id from meals_machine_lnk k join machines f on f.id = k.machine_id order by 1`,
  });
  return rows.map(({ id }) => id);
}

/** One statement, so that what moves meanwhile is in all three numbers or in none. */
export async function compareStock(sql: Sql, machineId: string): Promise<StockDifference[]> {
  return sql.rows<{ sku: string; quantity: number; moved: number; standing: number }>(
    {
      name: 'meals.compare-stock',
      text: `
with moved as (
  select sku, sum(quantity)::int as n from stock_movements where machine_id = $1 group by 1
),
standing as (
  select m.sku, count(*)::int as n from machines f join meals_machine_lnk k on k.machine_id = f.id join meals m on m.id = k.meal_id
  where f.document_id = $1 group by 1
),
kept as (select sku, quantity as n from larder.stock where machine_id = $1)
select sku, coalesce(kept.n, 0) as quantity, coalesce(moved.n, 0) as moved, coalesce(standing.n, 0) as standing
from kept full join moved using (sku) full join standing using (sku)
where coalesce(kept.n, 0) <> coalesce(moved.n, 0) or coalesce(standing.n, 0) > coalesce(kept.n, 0) order by sku`,
    },
    [machineId],
  );
}
