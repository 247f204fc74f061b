import type { Sql } from '../../../../../../shared/sql';

/** Jobs live for 14 days at the most; nothing is told twice after that. */
const FORGET = {
  name: 'alerts.forget',
  text: `
    with occurrences as (
      delete from larder.alert_occurrences where seen_at < now() - interval '30 days'
    )
    delete from larder.webhook_deliveries where state = 'delivered' and updated_at < now() - interval '30 days'`,
};

/** Deletes what is only kept against repetition and is too old to be repeated. Incidents and failed deliveries stay. */
export async function forgetOldRepetitions(sql: Sql): Promise<void> {
  await sql.rows(FORGET);
}
