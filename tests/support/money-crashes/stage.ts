/** A world whose Larder can be killed at any step of the money of a purchase or a refund, and started again. */
import type { Sql } from '../../../src/shared/sql';
import { createCrashOrder, type Counted, type CrashOrder, type Flavour } from '../crash';
import { startStripeWorld, type StripeWorld } from '../stripe-world';
import type { WorldOptions } from '../world';
import { CEILING } from './money';

export interface Kill {
  /** At which step, counted from 1. */
  readonly at: number;
  readonly when: Flavour;
}

export interface MoneyStage {
  readonly world: StripeWorld;
  /** False while Larder is gone. */
  isAlive(): boolean;
  /**
   * Does something with Larder, which dies meanwhile where `kill` says, and is there again at the end.
   * @param name whose steps count: a purchase's id, or how else it is called; those of the next purchase where not given.
   * @param of which steps count; those of its money where not given.
   * @returns the steps it came to.
   */
  through(kill: Kill | null, act: () => Promise<unknown>, name?: string, of?: Counted): Promise<string[]>;
  stop(): Promise<void>;
}

export type StageOptions = Required<Pick<WorldOptions, 'machines'>> & Pick<WorldOptions, 'stock'>;

/** How long after the end of what was done a kill may still come, in milliseconds. */
const LAST_STEP_MS = 5000;

export async function startMoneyStage({ machines, stock }: StageOptions): Promise<MoneyStage> {
  const order = createCrashOrder();
  const world = await startStripeWorld({
    machines,
    ...(stock !== undefined && { stock }),
    preload: order.preload,
    env: {
      ...order.env,
      LEASE_S: '2',
      COMPLETION_DEADLINE_S: '60',
      // A machine that is slow for a moment must not send a purchase another way: then other steps would be counted.
      VENDRON_TIMEOUT_MS: '10000',
      OPEN_REPLY_WITHIN_MS: '15000',
      STRIPE_TIMEOUT_MS: '20000',
      BILLING_SWEEP_S: '60',
      STRIPE_AT_RISK_AMOUNT: String(CEILING),
    },
  });
  // Nor may the sweep of Stripe's events settle what is at hand: the jobs alone bring everything to its end here.
  world.fake.faults.rateLimit(Infinity, 'GET /v1/events');
  let isAlive = true;
  return {
    world,
    isAlive: () => isAlive,
    async through(kill, act, name, of = 'money') {
      const died = world.larder.ended.then(() => (isAlive = false));
      order.arm(kill?.at ?? null, kill?.when ?? 'before', of, name);
      const done = act();
      // What a crash cuts short fails in its own way, and may do so before the process is known to be gone.
      await (kill ? Promise.race([died, ended(done).then((how) => missed(kill, how, died, order))]) : done);
      order.disarm();
      const steps = order.seen();
      if (!isAlive) {
        await twoMinutesPass(world.database.sql);
        world.larder = await world.startAnother();
        isAlive = true;
      }
      return steps;
    },
    async stop() {
      await world.stop();
      order.remove();
    },
  };
}

function ended(done: Promise<unknown>): Promise<string> {
  return done.then(
    () => 'all was done',
    (error: Error) => error.message,
  );
}

/** It came to an end, and the process still lives: it dies within moments, or that step was never met. */
async function missed(kill: Kill, how: string, died: Promise<unknown>, order: CrashOrder): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    const message = `Step ${kill.at} was never met: ${how}, after ${order.seen().join(', ')}`;
    timer = setTimeout(() => reject(new Error(message)), LAST_STEP_MS);
  });
  await Promise.race([died, late]).finally(() => clearTimeout(timer));
}

/** Time until somebody starts Larder again: claims on jobs have lapsed by then, and no call to Stripe is under way any more. */
async function twoMinutesPass(sql: Sql): Promise<void> {
  await sql.rows(`update payments set created_at = created_at - interval '2 minutes'`);
  await sql.rows(`update pgboss.job set state = 'retry', start_after = now() where state = 'active'`);
}
