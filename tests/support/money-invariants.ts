import type { Sql } from '../../src/shared/sql';
import type { FakeStripe } from '../fakes/stripe';

/** What holds of the money after any run, checked on the database and on what the fake Stripe really did. Answers every breach. */
export async function moneyBreaches(sql: Sql, fake: FakeStripe): Promise<string[]> {
  const found: string[] = [];
  for (const [promise, query] of Object.entries(QUERIES)) {
    for (const row of await sql.rows(query)) found.push(`${promise}: ${JSON.stringify(row)}`);
  }
  found.push(...(await stripeBreaches(sql, fake)));
  for (const unknown of fake.unknown)
    found.push(`asked the fake for what it does not know: ${JSON.stringify(unknown)}`);
  return found;
}

const QUERIES: Readonly<Record<string, string>> = {
  'each posting balances': `select posting, sum(amount) from ledger_entries group by 1 having sum(amount) <> 0`,
  'captured is at most authorised': `select key from payments where captured_amount > authorized_amount`,
  'the total is what was captured and what is owed': `
    select t.document_id, t.total_amount, p.captured_amount, coalesce(d.amount, 0) as debt
    from transactions t join payments p on p.key = 'purchase:' || t.document_id
    left join debts d on d.key = 'debt:' || p.key
    where t.state = 'completed' and p.state in ('captured', 'declined')
      and t.total_amount <> p.captured_amount + coalesce(d.amount, 0)`,
  'the transaction shows what was captured': `
    select t.document_id, t.captured_amount, p.captured_amount as of_payment from transactions t
    join payments p on p.key = 'purchase:' || t.document_id
    where p.state = 'captured' and t.captured_amount is distinct from p.captured_amount`,
  'nothing is charged for nothing': `
    select t.document_id, p.captured_amount from transactions t join payments p on p.key = 'purchase:' || t.document_id
    where t.state in ('empty', 'refused', 'expired') and p.captured_amount > 0`,
  'the ledger has what was captured': `
    select p.key, p.captured_amount, coalesce(sum(-l.amount), 0) as sales from payments p
    left join ledger_entries l on l.payment_id = p.document_id and l.account = 'sales' and l.posting like 'capture:%'
    where p.purpose = 'purchase' group by p.id having p.captured_amount <> coalesce(sum(-l.amount), 0)`,
  'the ledger holds what is held': `
    select p.key, p.state, sum(l.amount) as held from payments p
    join ledger_entries l on l.payment_id = p.document_id and l.account = 'holds'
    group by p.id having sum(l.amount) <> case when p.state in ('held', 'capturing', 'releasing')
      and p.payment_intent_id is not null then p.authorized_amount else 0 end`,
  'what is in review has an alert': `
    select p.key from payments p where p.state = 'review' and not exists (
      select from pgboss.job j where j.name = 'alerts.raise' and j.data ->> 'cause' = 'payment_review'
        and j.data ->> 'occurrence' like p.key || ':%')`,
  'no client secret is kept': `
    select 'event' as place, id from events where data::text like '%\\_secret\\_%' or message like '%\\_secret\\_%'
    union all select 'payment', id from payments where message like '%\\_secret\\_%'
    union all select 'stripe event', id from stripe_events where payload::text like '%\\_secret\\_%'`,
};

async function stripeBreaches(sql: Sql, fake: FakeStripe): Promise<string[]> {
  const found: string[] = [];
  const rows = await sql.rows<{ intent: string; state: string; captured: number; purchase: string | null }>(`
    select p.payment_intent_id as intent, p.state, p.captured_amount as captured, t.state as purchase from payments p
    left join payments_transaction_lnk pt on pt.payment_id = p.id left join transactions t on t.id = pt.transaction_id
    where p.payment_intent_id is not null and p.state <> 'handed_over'`);
  const known = new Map(rows.map((row) => [row.intent, row]));
  const times = new Map<string, number>();
  for (const { paymentIntent: intent } of fake.captures()) times.set(intent, (times.get(intent) ?? 0) + 1);
  for (const [intent, count] of times) if (count > 1) found.push(`${intent} was captured ${count} times`);
  for (const intent of fake.intents()) {
    const row = known.get(intent.id);
    if (intent.status === 'requires_capture' && (!row || !['held', 'capturing', 'releasing'].includes(row.state))) {
      found.push(`${intent.id} is held at Stripe and nobody knows: ${JSON.stringify(row)}`);
    }
    if (intent.amount_received > 0 && row && row.state !== 'review' && row.captured !== intent.amount_received) {
      found.push(`${intent.id} was charged ${intent.amount_received}, and we say ${JSON.stringify(row)}`);
    }
  }
  return found;
}
