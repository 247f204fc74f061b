/** S1 and S2: Stripe's answer to a hold, a capture or a release is lost, late, a failure, or "not now". One effect each. */
import type { FakeStripe } from '../fakes/stripe';
import { breaches } from '../support/invariants';
import { moneyBreaches } from '../support/money-invariants';
import { startStripeWorld, type StripeWorld } from '../support/stripe-world';

const CREATE = 'POST /v1/payment_intents';
const CAPTURE = 'POST /v1/payment_intents/*/capture';
const CANCEL = 'POST /v1/payment_intents/*/cancel';

const FAULTS: Readonly<Record<string, (fake: FakeStripe, pattern: string) => unknown>> = {
  'no answer, no effect': ({ faults }, pattern) => faults.timeoutBefore(pattern),
  'no answer, with effect': ({ faults }, pattern) => faults.timeoutAfter(pattern),
  'cut, no effect': ({ faults }, pattern) => faults.timeoutBefore(pattern, { how: 'cut', times: 2 }),
  'cut, with effect': ({ faults }, pattern) => faults.timeoutAfter(pattern, { how: 'cut', times: 2 }),
  'a 500 before anything began': ({ faults }, pattern) => faults.errorBefore(500, pattern),
  'a 500 with effect, kept under the key': ({ faults }, pattern) => faults.errorAfter(500, pattern),
  'a lock time-out': ({ faults }, pattern) => faults.lockTimeout(pattern),
  'too many requests': ({ faults }, pattern) => faults.rateLimit(1, pattern),
};
const CASES = Object.keys(FAULTS);

let world: StripeWorld;

beforeAll(async () => {
  world = await startStripeWorld({ machines: CASES.length * 3 });
});
afterAll(() => world.stop());

const shop = (machine: string, skus: readonly string[]) => {
  const customer = world.simulator.customer(machine);
  for (const sku of skus) customer.take(sku);
  customer.close();
};
const strike = (name: string, pattern: string) => FAULTS[name]?.(world.fake, pattern);
const intentsOf = (id: string) =>
  world.fake.intents().filter(({ metadata }) => metadata.larder_payment === `purchase:${id}`);

/** Three purchases at once, each on a machine of its own: the fault strikes the hold of one, the capture of another, the release of the third. */
describe.each(CASES)('%s', (name) => {
  const n = CASES.indexOf(name) * 3;
  const [forHold, forCapture, forRelease] = [`M${n + 1}`, `M${n + 2}`, `M${n + 3}`];
  let ids: [string, string, string];

  beforeAll(async () => {
    await world.saveCard(`hold-${n}`);
    const captured = await world.openedWithCard(forCapture, `capture-${n}`);
    const released = await world.openedWithCard(forRelease, `release-${n}`);
    const faults = [CREATE, CAPTURE, CANCEL].map((pattern) => strike(name, pattern) as { hits: number });
    shop(forCapture, ['1002']);
    shop(forRelease, []);
    const held = await world.openedWithCard(forHold, `hold-${n}`);
    ids = [held, captured, released];
    shop(forHold, ['1001']);
    await Promise.all([
      world.untilPaid(held, 'captured'),
      world.untilPaid(captured, 'captured'),
      world.untilPaid(released, 'released'),
    ]);
    for (const { hits } of faults) expect(hits).toBeGreaterThan(0);
  });

  it('of the hold: one hold, and the door opens', async () => {
    expect(await world.purchase(ids[0])).toMatchObject({ capturedAmount: 650 });
    expect(intentsOf(ids[0]).map(({ status }) => status)).toEqual(['succeeded']);
  });

  it('of the capture: one capture', async () => {
    expect(await world.purchase(ids[1])).toMatchObject({ capturedAmount: 790 });
    const [intent] = intentsOf(ids[1]);
    const captures = world.fake.captures().filter(({ paymentIntent }) => paymentIntent === intent?.id);
    expect(captures.map(({ amount }) => amount)).toEqual([790]);
  });

  it('of the release: the hold is gone, and nothing is charged', async () => {
    expect(await world.payment(ids[2])).toMatchObject({ state: 'released', captured_amount: 0 });
    expect(intentsOf(ids[2]).map(({ status }) => status)).toEqual(['canceled']);
  });
});

it('leaves every promise kept', async () => {
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
  expect(await moneyBreaches(world.database.sql, world.fake)).toEqual([]);
});
