/** The billing room's core on a real PostgreSQL and the fake Stripe, without Strapi: what a process would do, one thing at a time. */
import { notifier } from '../../src/plugins/alerts/server/src/core/notifier';
import { queues as alertQueues } from '../../src/plugins/alerts/server/src/core/queues';
import type { BillingParts } from '../../src/plugins/billing/server/src/core/parts';
import { BOOKS_OPTIONS, QUEUE_OPTIONS, queues } from '../../src/plugins/billing/server/src/core/queues';
import { createRefundHandler } from '../../src/plugins/billing/server/src/refunds/make';
import { createSettleHandler } from '../../src/plugins/billing/server/src/settle/settle';
import { ensureBillingSchema } from '../../src/plugins/billing/server/src/store/schema';
import { createStripeLine } from '../../src/plugins/billing/server/src/stripe/call';
import { createStripe } from '../../src/plugins/billing/server/src/stripe/client';
import { applyEvent } from '../../src/plugins/billing/server/src/webhooks/apply';
import { noteMoney } from '../../src/plugins/purchases/server/src/store/money';
import { createQueue, type JobHandler } from '../../src/shared/queue';
import { newDocumentId } from '../../src/shared/ids';
import { createLocks } from '../../src/shared/sql';
import { startFakeStripe, type FakeStripe } from '../fakes/stripe';
import { createTestDatabase, type TestDatabase } from './database';

export interface BillingRoom {
  readonly database: TestDatabase;
  readonly fake: FakeStripe;
  readonly parts: BillingParts;
  /** A customer with a card at Stripe, at a machine of their own; answers who they are. */
  customer(card?: string): Promise<Buyer>;
  /** A purchase that has just been asked for. */
  purchase(buyer: Buyer): Promise<string>;
  /** Ends a purchase: with lines of `[sku, quantity, unitAmount]`, or empty. Its money is not settled by this. */
  end(transactionId: string, lines: readonly Line[]): Promise<void>;
  /** Runs the waiting jobs of one queue once; those that fail wait on. Answers how many were done. */
  run(queue: 'settle' | 'refund'): Promise<number>;
  /** What Stripe's webhooks would bring: every event but the first so many, acted on once more. Those that must wait are passed over. */
  applyEvents(from?: number): Promise<void>;
  /** Alerts that were raised, by cause. */
  alerts(cause: string): Promise<{ occurrence: string; message: string }[]>;
  stop(): Promise<void>;
}

export type Line = readonly [sku: string, quantity: number, unitAmount: number, kind?: 'sale' | 'collected' | 'theft'];

export interface Buyer {
  readonly userId: number;
  readonly customerId: string;
  readonly stripeCustomerId: string;
  readonly paymentMethodId: string;
  readonly machineId: number;
  readonly machine: string;
}

export async function openBillingRoom({ timeoutMs = 250 }: { timeoutMs?: number } = {}): Promise<BillingRoom> {
  const database = await createTestDatabase();
  const { sql } = database;
  const fake = await startFakeStripe();
  await ensureBillingSchema(sql);
  const queue = createQueue(database.url, () => undefined);
  for (const name of [...Object.values(queues), ...Object.values(alertQueues)]) {
    queue.handle(name, name === queues.books ? BOOKS_OPTIONS : QUEUE_OPTIONS, async () => undefined);
  }
  await queue.prepare();
  const stripe = createStripe({ secretKey: fake.secretKey, apiBase: fake.url, timeoutMs });
  // Faults come thick here: the line must not rest for longer than it takes to notice.
  const line = createStripeLine(stripe, { failuresToRest: 50, restMs: 10 });
  const quiet = () => undefined;
  const locks = createLocks(database.url, quiet);
  const parts: BillingParts = {
    database: sql,
    locks,
    queue,
    call: line.call,
    isStripeUp: line.isUp,
    notifier,
    noteMoney,
    atRiskAmount: 0,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  };
  const handlers: Record<'settle' | 'refund', JobHandler> = {
    settle: createSettleHandler(parts),
    refund: createRefundHandler(parts),
  };
  const own = createStripe({ secretKey: fake.secretKey, apiBase: fake.url, timeoutMs: 5000 });

  return {
    database,
    fake,
    parts,
    async customer(card = 'pm_card_visa') {
      const name = newDocumentId();
      const { id: stripeCustomerId } = await own.customers.create({ email: `${name}@example.com` });
      const { id: paymentMethodId } = await own.paymentMethods.attach(card, { customer: stripeCustomerId });
      const [user] = await sql.rows<{ id: number }>(
        `insert into up_users (document_id, username, email, customer_id, stripe_customer_id, default_payment_method_id, provider,
           confirmed, blocked, created_at, updated_at, published_at)
         values ($1::text, $1::text, $1::text || '@example.com', $1::text, $2, $3, 'local', true, false, now(), now(), now()) returning id`,
        [name, stripeCustomerId, paymentMethodId],
      );
      const machine = newDocumentId();
      const [row] = await sql.rows<{ id: number }>(
        `insert into machines (document_id, label, vendor_id, driver, sales_locked, created_at, updated_at, published_at)
         values ($1::text, $1::text, $1::text, 'vendron', false, now(), now(), now()) returning id`,
        [machine],
      );
      const ids = { userId: user?.id ?? 0, machineId: row?.id ?? 0, machine };
      return { ...ids, customerId: name, stripeCustomerId, paymentMethodId };
    },
    async purchase({ userId, machineId, paymentMethodId }) {
      const id = newDocumentId();
      await sql.rows(
        `with made as (
           insert into transactions (document_id, ref, state, door, credential, currency, authorized_amount, payment_state, payment,
             payment_provider, caller, fence, revision, created_at, updated_at, published_at)
           values ($1::text, $1::text, 'authorized', 'locked', 'customer', 'EUR', 2500, 'none', jsonb_build_object('paymentMethodId', $4::text),
             'stripe', 'token:1', 1, 1, now(), now(), now()) returning id
         ), of_user as (insert into transactions_user_lnk (transaction_id, user_id) select id, $2::int from made)
         insert into transactions_machine_lnk (transaction_id, machine_id) select id, $3::int from made`,
        [id, userId, machineId, paymentMethodId],
      );
      return id;
    },
    async end(transactionId, lines) {
      const total = lines.reduce((sum, [, quantity, unitAmount]) => sum + quantity * unitAmount, 0);
      const [row] = await sql.rows<{ id: number }>(
        `update transactions set state = $2, total_amount = $3, updated_at = now() where document_id = $1 returning id`,
        [transactionId, lines.length > 0 ? 'completed' : 'empty', total],
      );
      for (const [index, [sku, quantity, unitAmount, kind = 'sale']] of lines.entries()) {
        await sql.rows(
          `with made as (
             insert into transaction_lines (document_id, sku, name, quantity, unit_amount, amount, kind, currency, created_at, updated_at, published_at)
             values ($1, $2::text, 'Meal ' || $2::text, $3, $4, $5, $8, 'EUR', now(), now(), now()) returning id
           ) insert into transaction_lines_transaction_lnk (line_id, transaction_id, line_ord) select id, $6::int, $7 from made`,
          [newDocumentId(), sku, quantity, unitAmount, quantity * unitAmount, row?.id, index + 1, kind],
        );
      }
    },
    async run(name) {
      const jobs = await sql.rows<{ id: string; data: Record<string, unknown> }>(
        `select id, data from pgboss.job where name = $1 and state = 'created' order by created_on`,
        [queues[name]],
      );
      let done = 0;
      for (const job of jobs) {
        const outcome = await handlers[name](job).then(
          () => 'done' as const,
          (error: Error) => {
            if ((error as { code?: string }).code !== 'stripe_not_now') throw error;
            return 'later' as const;
          },
        );
        if (outcome === 'later') continue;
        done += 1;
        await sql.rows(`delete from pgboss.job where id = $1`, [job.id]);
      }
      return done;
    },
    async applyEvents(from = 0) {
      for (const { id, type, data } of fake.events().slice(from)) {
        const object = structuredClone(data.object) as unknown as Record<string, unknown>;
        const event = { id: 0, stripeEventId: id, type, object } as unknown as Parameters<typeof applyEvent>[0];
        await applyEvent(event, parts).catch((error: Error) => {
          if ((error as { code?: string }).code !== 'stripe_not_now') throw error;
        });
      }
    },
    alerts: (cause) =>
      sql.rows(
        `select data ->> 'occurrence' as occurrence, data ->> 'message' as message from pgboss.job
         where name = $1 and data ->> 'cause' = $2 order by created_on`,
        [alertQueues.raise, cause],
      ),
    async stop() {
      await queue.stop();
      await locks.close();
      await database.drop();
      await fake.stop();
    },
  };
}
