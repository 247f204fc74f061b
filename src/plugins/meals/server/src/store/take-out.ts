import type { Sql } from '../../../../../shared/sql';

export interface OutOfStock {
  /** A row id. */
  readonly id: number;
  readonly as: 'removed' | 'spoiled' | 'recalled';
}

/** An operator takes meals out of the machine they stand in. Their rows are locked by the caller. */
export async function takeOutOf(sql: Sql, leaving: readonly OutOfStock[]): Promise<void> {
  if (leaving.length === 0) return;
  await sql.rows(
    {
      name: 'meals.take-out',
      text: `
with gone as (
  update meals m set state = g."as", left_at = now(), updated_at = now()
  from jsonb_to_recordset($1::jsonb) as g(id int, "as" text) where m.id = g.id returning m.id
)
delete from meals_machine_lnk k using gone where k.meal_id = gone.id`,
    },
    [JSON.stringify(leaving)],
  );
}
