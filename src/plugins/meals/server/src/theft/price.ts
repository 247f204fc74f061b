/** What a meal costs whoever kept it although it is somebody else's. */
import { MAX_AMOUNT } from '../../../../../shared/money';
import type { Sql } from '../../../../../shared/sql';

export interface TheftTerms {
  /** Of the price in the catalogue; 100 is just that. */
  readonly percent: number;
  /** Minor units of the purchase's currency; null where there is none. */
  readonly minimum: number | null;
}

/** @param unitAmount the price in the catalogue, in minor units, as the result. */
export function theftPrice(unitAmount: number, { percent, minimum }: TheftTerms): number {
  return Math.min(MAX_AMOUNT, Math.max(Math.round((unitAmount * percent) / 100), minimum ?? 0));
}

/**
 * The terms of a machine; its minimum is in the currency of its ceiling, and counts in no other.
 * @param machineRow a row id.
 */
export async function findTheftTerms(sql: Sql, machineRow: number, currency: string): Promise<TheftTerms> {
  const [row] = await sql.rows<TheftTerms & Record<string, unknown>>(
    {
      name: 'meals.theft-terms',
      text: `select coalesce(theft_percent, 100) as percent,
  case when coalesce(ceiling_currency, $2) = $2 then theft_minimum_amount end as minimum from machines where id = $1`,
    },
    [machineRow, currency],
  );
  return row ?? { percent: 100, minimum: null };
}
