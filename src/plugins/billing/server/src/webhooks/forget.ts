import type { Sql } from '../../../../../shared/sql';

/** Rows in one run, so that none holds anything up; once a minute that is more than a million a day. */
const BATCH = 1000;

/**
 * The sweep that deletes events of Stripe's which were acted on, or were none of ours, and are old. One that waits or
 * failed stays however old it is. @param keepDays 0 keeps them all.
 */
export function createForgetEvents(database: Sql, keepDays: number): () => Promise<void> {
  return async () => {
    if (keepDays === 0) return;
    await database.rows(FORGET, [keepDays, BATCH]);
  };
}

const FORGET = {
  name: 'billing.forget-events',
  text: `
delete from stripe_events where id = any(array(
  select old.id from (values ('done'), ('ignored')) handled(state) cross join lateral (
    select id from stripe_events e
    where e.state = handled.state and e.received_at < now() - make_interval(days => $1) order by e.received_at limit $2
  ) old limit $2))`,
};
