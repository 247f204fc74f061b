/** What the device of a machine saw of a purchase, for whoever looks for its meals. */
import type { Sql } from '../../../../../shared/sql';

export interface Witness {
  /** Barcodes that were taken in this purchase and not put back. */
  readonly taken: ReadonlySet<string>;
  /** Barcodes that cannot have gone with this purchase: put back in it, or taken by others and not seen since. */
  readonly elsewhere: ReadonlySet<string>;
}

/**
 * Asks once: an event that comes later finds that the meals were looked for. So `larder.allocations` has to have a row of
 * the purchase by now, in this transaction.
 * @param machineId a documentId, as `transactionId`.
 */
export async function findWitness(sql: Sql, transactionId: string, machineId: string): Promise<Witness> {
  await sql.rows(
    {
      name: 'meals.lock-allocation',
      text: `select pg_advisory_xact_lock(hashtextextended('larder.allocation ' || $1, 0))`,
    },
    [transactionId],
  );
  const rows = await sql.rows<{ barcode: string; isTaken: boolean }>(
    {
      name: 'meals.witness',
      text: `
with own as (
  select distinct on (barcode) barcode, action = 'taken' as is_taken from larder.meal_events
  where transaction_id = $1 and action <> 'touched' order by barcode, at desc, id desc
),
-- A meal that is still in the books was last seen when somebody else took it, or nobody that we know.
gone as (
  select m.barcode from machines f join meals_machine_lnk k on k.machine_id = f.id join meals m on m.id = k.meal_id
  cross join lateral (
    select e.action, e.transaction_id, e.session from larder.meal_events e
    where e.machine_id = $2 and e.barcode = m.barcode and e.at >= coalesce(m.stocked_at, '-infinity')
    order by e.at desc, e.id desc limit 1
  ) e
  where f.document_id = $2 and m.state = 'stocked' and e.action = 'taken' and e.session <> 'restock'
    and e.transaction_id is distinct from $1
)
select barcode, is_taken as "isTaken" from own
union all select barcode, false from gone where barcode not in (select barcode from own)`,
    },
    [transactionId, machineId],
  );
  const barcodes = (isTaken: boolean) =>
    new Set(rows.filter((row) => row.isTaken === isTaken).map((row) => row.barcode));
  return { taken: barcodes(true), elsewhere: barcodes(false) };
}
