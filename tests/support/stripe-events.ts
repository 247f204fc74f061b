/** What Larder has of Stripe's events, and how to send it ones that Stripe never listed. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { signatureOf } from '../fakes/stripe/webhooks/sign';
import { eventually } from './eventually';
import type { StripeWorld } from './stripe-world';

export interface EventRow {
  readonly id: string;
  readonly type: string;
  readonly state: string;
  readonly source: string;
  readonly error: string | null;
}

export function storedEvents(world: StripeWorld): Promise<EventRow[]> {
  return world.database.sql.rows<EventRow & Record<string, unknown>>(
    `select stripe_event_id as id, type, state, source, error from stripe_events order by id`,
  );
}

/** Waits until the events of a type about an object are there, `count` of them, and dealt with. */
export function dealtWith(world: StripeWorld, type: string, objectId: string, count = 1): Promise<EventRow[]> {
  return eventually(async () => {
    const rows = await world.database.sql.rows<EventRow & Record<string, unknown>>(
      `select stripe_event_id as id, type, state, source, error from stripe_events where type = $1 and object_id = $2`,
      [type, objectId],
    );
    if (rows.length !== count || rows.some(({ state }) => state === 'received')) {
      throw new Error(`${type} of ${objectId}: ${JSON.stringify(rows)}`);
    }
    return rows;
  });
}

/** The bytes of an event that no list of Stripe's has. */
export function madeUpEvent(type: string, object: object, changes: object = {}): { id: string; body: string } {
  const id = `evt_${randomBytes(12).toString('hex')}`;
  const created = nowSeconds();
  const event = { id, object: 'event', api_version: '2026-10-28', created, livemode: false, type, data: { object } };
  return { id, body: JSON.stringify({ ...event, ...changes }) };
}

export const nowSeconds = () => Math.floor(Date.now() / 1000);

export interface Answered {
  readonly status: number;
  readonly code: string | undefined;
}

/** Posts bytes to the webhook, with this header or none. */
export async function post(world: StripeWorld, body: string, signature: string | null): Promise<Answered> {
  const response = await fetch(webhookUrl(world), {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(signature !== null && { 'Stripe-Signature': signature }),
    },
    body,
  });
  const answer = (await response.json()) as { error?: { details?: { code?: string } } };
  return { status: response.status, code: answer.error?.details?.code };
}

/** As Stripe signs them, `ago` seconds before now. */
export function signed(world: StripeWorld, body: string, ago = 0, secret = world.fake.webhookSecret): string {
  return signatureOf(body, secret, nowSeconds() - ago);
}

export function webhookUrl(world: StripeWorld): string {
  return `${world.larder.url}/api/billing/webhook`;
}

/** What `npm run stripe:replay` runs, with these arguments; rejects where its exit code is not 0. */
export function replayStripeEvents(world: StripeWorld, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, [path.resolve('dist/scripts/replay-stripe-events.js'), ...args], {
    env: { ...process.env, DATABASE_URL: world.database.url },
  });
}

/** The causes of the alerts about a purchase, also of those that are not told yet. The same one told twice counts once. */
export async function alertsOf(world: StripeWorld, transactionId: string): Promise<string[]> {
  const rows = await world.database.sql.rows<{ cause: string }>(
    `select data ->> 'cause' as cause from pgboss.job where name = 'alerts.raise' and data ->> 'transactionId' = $1
     group by data ->> 'occurrence', 1 order by min(created_on)`,
    [transactionId],
  );
  return rows.map(({ cause }) => cause);
}
