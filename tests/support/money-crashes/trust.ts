/** A purchase on trust, charged once Stripe is back, whose Larder may be killed at a step of that. */
import { eventually } from '../eventually';
import { CEILING, promisesAreKept } from './money';
import { atRest, SETTLED_WITHIN_MS } from './rest';
import type { Kill, MoneyStage } from './stage';

const PRICE = 650;

/** A customer who has paid before, and the card it was paid with. */
export interface Regular {
  readonly customer: string;
  readonly paymentMethodId: string;
}

/**
 * Sells a meal while Stripe is away; Stripe comes back, and Larder dies meanwhile where `kill` says. Throws where the card
 * is not charged exactly once, or anything else is held on it.
 * @returns the steps it came to, from Stripe's return on.
 */
export async function sellOnTrust(
  stage: MoneyStage,
  { customer, paymentMethodId }: Regular,
  machine: string,
  kill: Kill | null,
) {
  const { world } = stage;
  const { fake } = world;
  fake.faults.down(true);
  const asked = await world.openWith(machine, customer, { paymentMethodId, amount: CEILING, currency: 'EUR' });
  expect(asked.status).toBe(200);
  const { id } = asked.body as { id: string };
  world.simulator.customer(machine).take('1001');
  world.simulator.customer(machine).close();
  // What is wanted is written down before Stripe is asked: from here on only the charge itself is to come.
  await eventually(
    async () => {
      expect(await world.payment(id)).toMatchObject({ state: 'capturing', payment_intent_id: null });
    },
    { withinMs: SETTLED_WITHIN_MS },
  );
  const back = async () => {
    // A try that began before the count did has read the payment already, and half of its steps would not be known as ours.
    await eventually(async () => {
      const jobs = await world.database.sql.rows(
        `select 1 from pgboss.job where name = 'billing.settle' and data ->> 'transactionId' = $1 and state = 'retry'`,
        [id],
      );
      expect(jobs).toHaveLength(1);
    });
    fake.faults.down(false);
    return atRest(stage, machine);
  };
  const steps = await stage.through(kill, back, id);
  await atRest(stage, machine);
  const intents = fake.intents().filter(({ metadata }) => metadata.larder_payment === `purchase:${id}`);
  expect(intents.map(({ status, amount_received: received }) => [status, received])).toEqual([['succeeded', PRICE]]);
  await promisesAreKept(stage);
  return steps;
}
