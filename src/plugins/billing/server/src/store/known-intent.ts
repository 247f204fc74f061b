import type { Sql } from '../../../../../shared/sql';

/** `begun`: the intent came to be. `captured` and `gone`: how it ended, as an event says. */
export type IntentNews = 'begun' | 'captured' | 'gone';

/** Whether our payment has all that this news could bring, so that nobody need be asked: most news is of what we did. */
export async function isKnownAlready(sql: Sql, paymentIntentId: string, news: IntentNews): Promise<boolean> {
  const rows = await sql.rows(
    {
      name: 'billing.known-intent',
      text: `
select from payments where payment_intent_id = $1 and state not in ('declined', 'handed_over') and case $2
  when 'begun' then true
  when 'captured' then state = 'captured' and fee_amount is not null
  else state = 'released' end`,
    },
    [paymentIntentId, news],
  );
  return rows.length > 0;
}
