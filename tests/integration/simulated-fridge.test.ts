/** The simulator with a device in its fridges against a whole Larder: reader, barcodes and sensors, from the tap to the charge. */
import { eventually } from '../support/eventually';
import { lookAfter, type Fridges } from '../support/fridges';
import { breaches } from '../support/invariants';
import { stockMeals, stockOf } from '../support/stock';
import { startStripeWorld, type StripeWorld } from '../support/stripe-world';

let world: StripeWorld;
let fridges: Fridges;
beforeAll(async () => {
  world = await startStripeWorld({
    machines: 3,
    simulator: { device: { readingsEveryMs: 0, heartbeatEveryMs: 0, pollMs: 50 } },
  });
  await world.database.sql.rows(`update machines set ceiling_amount = 2500, ceiling_currency = 'EUR'`);
  fridges = await lookAfter(world);
  for (const machine of ['M1', 'M2', 'M3']) {
    world.simulator.fridge(machine).connect({ url: world.larder.url, key: await fridges.makeKey(machine) });
  }
});
afterAll(async () => {
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
  await world.stop();
});

/** A customer with a saved card, and a token that opens a door for them. */
async function tokenOf(customer: string): Promise<string> {
  const cardId = await world.saveCard(customer);
  const { customer: owner } = await world.stripe.paymentMethods.retrieve(cardId);
  const user = { id: customer, email: `${customer}@example.com` };
  const { body } = await world.larder.post('/api/me/door-token', { user }).expect(201);
  await world.database.sql.rows(
    `update up_users set default_payment_method_id = $2, stripe_customer_id = $3 where customer_id = $1`,
    [customer, cardId, owner],
  );
  return (body as { token: string }).token;
}
const device = (machine: string) => world.simulator.machine(machine).fridge?.device;

it("opens by a door token, sounds the alarm for another's meal until it is back, and charges what was kept", async () => {
  const token = await tokenOf('ada');
  await tokenOf('bea');
  const meals = [
    { barcode: 'own-1', sku: '1001', reservedFor: 'ada' },
    { barcode: 'hers-1', sku: '1002', reservedFor: 'bea' },
    { barcode: 'free-1', sku: '1006' },
    { barcode: 'free-2', sku: '1006' },
  ];
  await stockMeals(world.database.sql, 'M1', meals);
  const before = await stockOf(world.database.sql, 'M1');
  const fridge = world.simulator.fridge('M1');
  fridge.stock(meals.map(({ sku, ...meal }) => ({ ...meal, vpn: sku })));
  const customer = world.simulator.customer('M1');

  const screen = await fridge.show({ kind: 'token', token });
  expect(screen).toMatchObject({ kind: 'purchase', state: 'open' });
  customer.takeMeal('own-1');
  await fridge.settled();
  expect(device('M1')?.signal).toMatchObject({ signal: 'none', reason: 'own' });
  customer.touchMeal('hers-1');
  await fridge.settled();
  expect(device('M1')?.signal).toMatchObject({ signal: 'warn', reason: 'reserved' });
  customer.takeMeal('hers-1');
  customer.takeMeal('free-2');
  await fridge.settled();
  // The alarm stays, whatever else is taken meanwhile.
  expect(device('M1')?.signal).toMatchObject({ signal: 'alarm', reason: 'reserved', barcode: 'hers-1' });
  expect(device('M1')?.signal?.message).toContain('put it back');
  customer.putBackMeal('hers-1');
  await fridge.settled();
  expect(device('M1')?.signal).toMatchObject({ signal: 'none', reason: 'alarm_over' });
  customer.close();

  // No subscription pays for her own: both are charged.
  await eventually(() =>
    expect(device('M1')?.screen).toMatchObject({ state: 'completed', capturedAmount: 650 + 290, currency: 'EUR' }),
  );
  const id = screen.kind === 'purchase' ? screen.id : '';
  expect((await world.purchase(id)).products.map(({ sku, amount }) => [sku, amount])).toEqual([
    ['1001', 650],
    ['1006', 290],
  ]);
  expect(world.simulator.machine('M1').fridge?.meals?.map(({ barcode }) => barcode)).toEqual(['hers-1', 'free-1']);
  const after = await stockOf(world.database.sql, 'M1');
  expect(['1001', '1002', '1006'].map((sku) => (after[sku] ?? 0) - (before[sku] ?? 0))).toEqual([-1, 0, -1]);
  const left = await world.database.sql.rows<{ barcode: string }>(
    `select barcode from meals where state = 'stocked' and barcode = any($1) order by 1`,
    [meals.map(({ barcode }) => barcode)],
  );
  expect(left.map(({ barcode }) => barcode)).toEqual(['free-1', 'hers-1']);
  // The token was good for one door.
  expect(await fridge.show({ kind: 'token', token })).toMatchObject({ kind: 'refused', reason: 'token_used' });
});

it('locks when its readings, sent late, say that it was too warm, and tells so at the reader', async () => {
  await fridges.giveProfile('M2', { temperatureMax: 5, minutesOutside: 10, silenceMinutes: 60 });
  const fridge = world.simulator.fridge('M2');
  await fridge.fitted().beat();
  await fridge.measure();
  expect(device('M2')).toMatchObject({ report: { stored: 1 }, sales: { locked: false } });
  fridge.set({ temperature: 9, keepBack: true });
  await fridge.measure(15);
  expect(device('M2')).toMatchObject({ waiting: 16, sales: { locked: false } });
  await fridge.fitted().reporter.send();
  expect(device('M2')).toMatchObject({ waiting: 0, sales: { locked: true }, report: { kind: 'stored' } });
  await fridge.fitted().reporter.repeat();
  expect(device('M2')?.report).toMatchObject({ stored: 0, repeated: 16 });
  const token = await tokenOf('cleo');
  expect(await fridge.show({ kind: 'token', token })).toMatchObject({ kind: 'refused', code: 'machine_locked' });
  expect(world.simulator.machine('M2').doorCommands).toBe(0);
});

it("fills its shelves by Larder's books, of its own machine alone", async () => {
  await stockMeals(world.database.sql, 'M2', [
    { barcode: 'book-1', sku: '1001' },
    { barcode: 'book-2', sku: '1002', reservedFor: 'bea' },
  ]);
  await world.simulator.fridge('M2').stockFromLarder();
  const meals = world.simulator.machine('M2').fridge?.meals ?? [];
  expect(meals.filter(({ barcode }) => barcode.startsWith('book-'))).toMatchObject([
    { barcode: 'book-1', vpn: '1001', area: 'free_for_all', reservedFor: null },
    { barcode: 'book-2', vpn: '1002', area: 'subscription', reservedFor: 'bea' },
  ]);
  expect(meals.map(({ barcode }) => barcode)).not.toContain('hers-1');
  const key = await fridges.makeKey('M2');
  const ask = async (machine: string, as?: string) =>
    (await world.larder.get(`/api/machines/${machine}/meals`, as)).status;
  expect([await ask('M2', key), await ask('M1', key), await ask('M2')]).toEqual([200, 403, 401]);
});

it('is a meal gone where nobody opened the door, which the next customer does not pay for', async () => {
  const fridge = world.simulator.fridge('M3');
  await stockMeals(world.database.sql, 'M3', [{ barcode: 'gone-1', sku: '1006' }]);
  fridge.stock([{ barcode: 'gone-1', vpn: '1006' }]);
  fridge.force(true);
  world.simulator.customer('M3').takeMeal('gone-1');
  await fridge.settled();
  expect(device('M3')?.signal).toMatchObject({ signal: 'alarm', reason: 'no_purchase' });
  fridge.force(false);
  const screen = await fridge.show({ kind: 'token', token: await tokenOf('ben') });
  expect(screen).toMatchObject({ kind: 'purchase', state: 'open' });
  world.simulator.customer('M3').close();
  await eventually(() => expect(device('M3')?.screen).toMatchObject({ state: 'empty', paymentState: 'released' }));
});
