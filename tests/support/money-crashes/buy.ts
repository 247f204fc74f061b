/** A purchase whose Larder may be killed at a step of its money. */
import { eventually } from '../eventually';
import { purchasesAt } from '../purchases';
import { visit } from '../visitor';
import { CEILING, moneyFor, moneyOf, promisesAreKept } from './money';
import { atRest, lastAt } from './rest';
import type { Kill, MoneyStage } from './stage';

export interface Shopping {
  /** With a saved card that Larder holds the ceiling on, or with an intent that the front end has authorised. */
  readonly by: 'card' | 'intent';
  readonly skus: readonly string[];
}

/**
 * A customer of this machine's own buys, and Larder dies meanwhile where `kill` says. Throws where the door, the purchase or
 * the money, at Larder and at Stripe, is not as it must be.
 * @returns the steps it came to.
 */
export async function buy(stage: MoneyStage, machine: string, { by, skus }: Shopping, kill: Kill | null) {
  const { world } = stage;
  const customer = `customer-${machine}`;
  const card = await world.saveCard(customer);
  const means = by === 'card' ? { paymentMethodId: card } : { paymentIntentId: await authorise(stage, card) };
  const ask = (key: string) =>
    world
      .openWith(machine, customer, { ...means, amount: CEILING, currency: 'EUR' })
      .set('Idempotency-Key', `${machine}-${key}`);
  // Nobody takes anything while Larder is gone: p1-crash.test.ts has that.
  const mayAct = () =>
    eventually(
      async () => {
        const stored = await lastAt(stage, machine);
        if (!stage.isAlive() || stored?.state !== 'open') throw new Error(`not yet: ${stored?.state}`);
      },
      { withinMs: 60_000, everyMs: 20 },
    );
  const visitor = visit(world.simulator, machine, { skus, mayAct });

  const steps = await stage.through(kill, async () => {
    // A connection that is reset by the crash is no answer.
    const asked = ask('first').then(
      ({ status }) => expect(status).toBe(200),
      () => undefined,
    );
    await Promise.all([asked, atRest(stage, machine)]);
  });
  // A front end that never heard asks again, and must get the same purchase.
  if (kill) expect([200, 202, 503]).toContain((await ask('first')).status);
  const end = await atRest(stage, machine);
  visitor.leave();
  const doorOpened = await visitor.ended;
  const doors = doorOpened ? 1 : 0;
  expect(world.simulator.machine(machine)).toMatchObject({ doorCommands: doors, doorOpenings: doors });
  expect(await purchasesAt(world.database.sql, machine)).toHaveLength(1);
  expect(doorOpened ? [skus.length > 0 ? 'completed' : 'empty', 'review'] : ['expired']).toContain(end.state);
  const money = await moneyOf(stage, machine);
  expect({ state: end.state, money }).toEqual({ state: end.state, money: moneyFor(end, by, money) });

  if (by === 'intent' && end.state === 'expired' && money.intents[0]?.startsWith('requires_capture')) {
    // Larder had not taken the hold over yet: it is the front end's still, and pays when the customer tries again.
    const second = visit(world.simulator, machine, { skus, mayAct });
    expect((await ask('second')).status).toBe(200);
    expect(await second.ended).toBe(true);
    const paid = await atRest(stage, machine);
    expect(await moneyOf(stage, machine)).toEqual(moneyFor(paid, by, money));
  }
  await promisesAreKept(stage);
  return steps;
}

/** An intent of the card's customer, as a front end with a page of its own makes it. */
async function authorise({ world: { stripe } }: MoneyStage, card: string): Promise<string> {
  const { customer } = await stripe.paymentMethods.retrieve(card);
  const intent = await stripe.paymentIntents.create({
    amount: CEILING,
    currency: 'eur',
    capture_method: 'manual',
    confirm: true,
    off_session: true,
    payment_method: card,
    customer: String(customer),
  });
  return intent.id;
}
