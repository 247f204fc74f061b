/** A fridge that reads barcodes tells what is touched, taken and put back: what it hears, what is charged, who is told. */
import { eventually } from '../support/eventually';
import { lookAfter, type Fridges } from '../support/fridges';
import { breaches } from '../support/invariants';
import { stockMeals, stockOf } from '../support/stock';
import { startWorld, type World } from '../support/world';

let world: World;
let fridges: Fridges;
const keys = new Map<string, string>();
const MACHINES = Array.from({ length: 14 }, (_, n) => `M${n + 1}`);
/** Machines are used by one test each. */
const free = [...MACHINES];
const nextMachine = () => free.shift() ?? '';

beforeAll(async () => {
  world = await startWorld({ machines: MACHINES.length, stock: 'nothing' });
  fridges = await lookAfter(world);
  for (const machine of MACHINES) keys.set(machine, await fridges.makeKey(machine));
  // Known from now on: reserved meals need an owner.
  await buy('M14', ['1001'], 'owner');
});
afterAll(async () => {
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
  await world.stop();
});

type Action = 'touched' | 'taken' | 'returned';

async function tell(machine: string, action: Action, barcode: string, more: object = {}, language = 'en') {
  const event = { barcode, action, at: new Date().toISOString(), ...more };
  const response = await world.larder
    .post(`/api/machines/${machine}/meal-events`, event, keys.get(machine))
    .set('Accept-Language', language);
  expect({ status: response.status, text: response.text }).toMatchObject({ status: 200 });
  return response.body as { signal: string; reason: string; message: string };
}

async function close(machine: string, id: string, state = 'completed') {
  world.simulator.customer(machine).close();
  await world.until(id, state);
  await eventually(async () => expect(await allocation(id)).toBeDefined());
}

async function buy(machine: string, skus: readonly string[], customer?: string): Promise<string> {
  const id = await world.opened(machine, customer);
  for (const sku of skus) world.simulator.customer(machine).take(sku);
  await close(machine, id);
  return id;
}

const rows = <Row extends Record<string, unknown>>(text: string, values: readonly unknown[] = []) =>
  world.database.sql.rows<Row>(text, values);
const allocation = async (id: string) =>
  (await rows(`select result from larder.allocations where transaction_id = $1`, [id]))[0];
const stateOf = async (barcode: string) =>
  (
    await rows(
      `select m.state, u.customer_id as owner from meals m left join meals_reserved_for_lnk r on r.meal_id = m.id
       left join up_users u on u.id = r.user_id where m.barcode = $1`,
      [barcode],
    )
  )[0];
const alerts = async (machine: string, cause: string) =>
  (
    await rows<{ message: string }>(
      `select j.data ->> 'message' as message from pgboss.job j join machines m on m.document_id = j.data ->> 'machineId'
       where j.name = 'alerts.raise' and j.data ->> 'cause' = $2 and m.vendor_id = $1 order by 1`,
      [machine, cause],
    )
  ).map(({ message }) => message);
const notes = async (id: string) =>
  (await world.history(id)).filter(({ name }) => name.startsWith('meal.')).map(({ name, outcome }) => [name, outcome]);

it("charges what is free for all, and says nothing; knows a customer's own", async () => {
  const machine = nextMachine();
  await stockMeals(world.database.sql, machine, [
    { barcode: 'f-1', sku: '1001', expiresIn: 9 },
    { barcode: 'f-2', sku: '1001', expiresIn: 99 },
    { barcode: 'f-own', sku: '1002', reservedFor: 'owner' },
  ]);
  const id = await world.opened(machine, 'owner');
  expect(await tell(machine, 'touched', 'f-2')).toEqual({ signal: 'none', reason: 'free', message: '' });
  expect(await tell(machine, 'taken', 'f-2')).toMatchObject({ signal: 'none', reason: 'free' });
  expect(await tell(machine, 'taken', 'f-own')).toMatchObject({ signal: 'none', reason: 'own' });
  world.simulator.customer(machine).take('1001');
  world.simulator.customer(machine).take('1002');
  await close(machine, id);
  // The barcode decides, not which one expires first.
  expect(await stateOf('f-2')).toMatchObject({ state: 'sold' });
  expect(await stateOf('f-1')).toMatchObject({ state: 'stocked' });
  expect(await stateOf('f-own')).toMatchObject({ state: 'sold' });
  expect((await world.purchase(id)).totalAmount).toBe(650 + 790);
  expect(await alerts(machine, 'stock_mismatch')).toEqual([]);
  expect(await notes(id)).toEqual([]);
});

it("warns of a touch of another's meal, sounds the alarm when it is taken, and ends it when it is put back", async () => {
  const machine = nextMachine();
  await stockMeals(world.database.sql, machine, [
    { barcode: 'w-free', sku: '1001' },
    { barcode: 'w-res', sku: '1001', reservedFor: 'owner' },
  ]);
  const id = await world.opened(machine, 'passer-by');
  expect(await tell(machine, 'touched', 'w-res')).toMatchObject({ signal: 'warn', reason: 'reserved' });
  expect(await tell(machine, 'taken', 'w-res')).toEqual({
    signal: 'alarm',
    reason: 'reserved',
    message: 'This meal is reserved for somebody. Please put it back before you close the door.',
  });
  expect(await tell(machine, 'returned', 'w-res', {}, 'fr-CH, en;q=0.5')).toEqual({
    signal: 'none',
    reason: 'alarm_over',
    message: 'Merci de l’avoir remis.',
  });
  await tell(machine, 'taken', 'w-free');
  world.simulator.customer(machine).take('1001');
  await close(machine, id);
  expect(await stateOf('w-res')).toEqual({ state: 'stocked', owner: 'owner' });
  expect(await stateOf('w-free')).toMatchObject({ state: 'sold' });
  expect((await world.purchase(id)).totalAmount).toBe(650);
  expect(await notes(id)).toEqual([
    ['meal.alarm', 'w-res'],
    ['meal.alarm_over', 'w-res'],
  ]);
  expect(await alerts(machine, 'theft')).toEqual([]);
  expect(await rows(`select 1 from larder.thefts where transaction_id = $1`, [id])).toEqual([]);
});

it("charges whoever keeps another's meal the machine's price for it, and offers the owner another one", async () => {
  const machine = nextMachine();
  await rows(`update machines set theft_percent = 150 where vendor_id = $1`, [machine]);
  await stockMeals(world.database.sql, machine, [
    { barcode: 't-res', sku: '1001', reservedFor: 'owner' },
    { barcode: 't-soon', sku: '1001', expiresIn: 5 },
    { barcode: 't-fresh', sku: '1001', expiresIn: 90 },
    { barcode: 't-bought', sku: '1001', expiresIn: 1 },
  ]);
  const id = await world.opened(machine, 'thief');
  await tell(machine, 'taken', 't-bought');
  expect(await tell(machine, 'taken', 't-res')).toMatchObject({ signal: 'alarm' });
  world.simulator.customer(machine).take('1001');
  world.simulator.customer(machine).take('1001');
  await close(machine, id);
  const purchase = await world.purchase(id);
  expect(purchase.products.map((line) => ({ ...line, name: '' }))).toMatchObject([
    { kind: 'sale', quantity: 1, unitAmount: 650, amount: 650 },
    { kind: 'theft', quantity: 1, unitAmount: 975, amount: 975 },
  ]);
  expect(purchase.totalAmount).toBe(650 + 975);
  expect(await stateOf('t-res')).toEqual({ state: 'stolen', owner: 'owner' });
  expect(await stateOf('t-fresh')).toEqual({ state: 'stocked', owner: 'owner' });
  expect(await stateOf('t-soon')).toEqual({ state: 'stocked', owner: null });
  expect(await alerts(machine, 'theft')).toEqual([
    'The meal t-res, reserved for the customer owner, was taken and kept by somebody else. ' +
      'The meal t-fresh is reserved for them instead: please put their name on it and tell them.',
  ]);
  expect(
    await rows(`select barcode, amount, is_seen, offer, is_owed from larder.thefts where transaction_id = $1`, [id]),
  ).toEqual([{ barcode: 't-res', amount: 975, is_seen: true, offer: 't-fresh', is_owed: false }]);
  expect(await rows(`select theft_count, blocked from up_users where customer_id = 'thief'`)).toEqual([
    { theft_count: 1, blocked: false },
  ]);
});

it('notes what is owed where no equal meal is left, keeps to the least price, and blocks after three', async () => {
  const machine = nextMachine();
  await rows(`update machines set theft_minimum_amount = 2000 where vendor_id = $1`, [machine]);
  await stockMeals(
    world.database.sql,
    machine,
    [1, 2, 3].map((n) => ({ barcode: `b-${n}`, sku: '1001', reservedFor: 'owner' })),
  );
  const steal = async (barcodes: readonly string[]) => {
    const id = await world.opened(machine, 'again');
    for (const barcode of barcodes) {
      await tell(machine, 'taken', barcode);
      world.simulator.customer(machine).take('1001');
    }
    await close(machine, id);
    return id;
  };
  const first = await steal(['b-1', 'b-2']);
  expect((await world.purchase(first)).totalAmount).toBe(4000);
  await eventually(async () => expect((await alerts(machine, 'theft'))[0]).toContain('they are owed a meal'));
  expect(await rows(`select is_owed from larder.thefts where transaction_id = $1`, [first])).toEqual([
    { is_owed: true },
    { is_owed: true },
  ]);
  await steal(['b-3']);
  const refused = await world.open(machine, 'again');
  expect({ status: refused.status, code: refused.body.error.details.code }).toEqual({
    status: 403,
    code: 'customer_blocked',
  });
  const said = async () => (await alerts(machine, 'theft')).join();
  await eventually(async () => expect(await said()).toContain('No door opens any more'));
});

it('concludes from the list alone what it can, and calls nobody a thief for it', async () => {
  const machine = nextMachine();
  await rows(`update machines set theft_percent = 500 where vendor_id = $1`, [machine]);
  await stockMeals(world.database.sql, machine, [{ barcode: 'd-res', sku: '1001', reservedFor: 'owner' }]);
  const id = await buy(machine, ['1001'], 'unseen');
  expect((await world.purchase(id)).totalAmount).toBe(650);
  await eventually(async () =>
    expect((await alerts(machine, 'theft'))[0]).toContain('it was not seen which meal it was'),
  );
  expect(await rows(`select is_seen, amount from larder.thefts where transaction_id = $1`, [id])).toEqual([
    { is_seen: false, amount: 650 },
  ]);
  expect(
    await rows(`select theft_count from up_users where coalesce(theft_count, 0) > 0 and customer_id = 'unseen'`),
  ).toEqual([]);
});

it('tells of a meal that goes without a purchase, and bills it to nobody who comes later', async () => {
  const machine = nextMachine();
  await stockMeals(world.database.sql, machine, [
    { barcode: 'g-res', sku: '1001', reservedFor: 'owner', expiresIn: 1 },
    { barcode: 'g-gone', sku: '1001', expiresIn: 2 },
    { barcode: 'g-left', sku: '1001', expiresIn: 9 },
  ]);
  expect(await tell(machine, 'touched', 'g-gone')).toMatchObject({ signal: 'warn', reason: 'no_purchase' });
  expect(await tell(machine, 'taken', 'g-gone')).toMatchObject({ signal: 'alarm', reason: 'no_purchase' });
  expect(await tell(machine, 'taken', 'g-left')).toMatchObject({ signal: 'alarm', reason: 'no_purchase' });
  expect(await tell(machine, 'returned', 'g-left')).toMatchObject({ signal: 'none', reason: 'alarm_over' });
  expect(await alerts(machine, 'meal_gone')).toEqual([
    'The meal g-gone was taken while nobody had opened the door for a purchase.',
    'The meal g-left was taken while nobody had opened the door for a purchase.',
  ]);
  const id = await buy(machine, ['1001'], 'next');
  expect(await stateOf('g-gone')).toMatchObject({ state: 'stocked' });
  expect(await stateOf('g-left')).toMatchObject({ state: 'sold' });
  expect((await world.purchase(id)).totalAmount).toBe(650);
  // Of the books two are left; a count finds the one that is gone.
  expect(await stockOf(world.database.sql, machine)).toEqual({ '1001': 2 });
});

it('does nothing twice, however often and in whatever company an event comes', async () => {
  const machine = nextMachine();
  await stockMeals(world.database.sql, machine, [{ barcode: 'r-1', sku: '1001' }]);
  const event = { barcode: 'r-1', action: 'taken', at: new Date().toISOString() };
  const send = (body: object) => world.larder.post(`/api/machines/${machine}/meal-events`, body, keys.get(machine));
  const answers = await Promise.all(Array.from({ length: 10 }, () => send(event)));
  for (const { status, body } of answers) expect({ status, body }).toEqual({ status: 200, body: answers[0]?.body });
  await tell(machine, 'taken', 'r-1', { id: 'n-1' });
  await tell(machine, 'taken', 'r-1', { id: 'n-1', at: '2026-01-01T00:00:00Z' });
  await buy(machine, ['1002'], 'between');
  // The same answer also when everything else has changed.
  expect((await send({ events: [event, event] })).body).toEqual({ results: [answers[0]?.body, answers[0]?.body] });
  expect(await rows(`select key from larder.meal_events where barcode = 'r-1'`)).toHaveLength(2);
  expect(await alerts(machine, 'meal_gone')).toHaveLength(2);
});

it('notes what comes after its purchase was settled, tells where it does not fit, and changes nothing', async () => {
  const machine = nextMachine();
  await stockMeals(world.database.sql, machine, [
    { barcode: 'l-1', sku: '1001', expiresIn: 1 },
    { barcode: 'l-2', sku: '1001', expiresIn: 9 },
  ]);
  const id = await world.opened(machine, 'late');
  world.simulator.customer(machine).take('1001');
  const at = new Date().toISOString();
  await close(machine, id);
  expect(await stateOf('l-1')).toMatchObject({ state: 'sold' });
  expect(await tell(machine, 'taken', 'l-1', { at })).toMatchObject({ signal: 'none', reason: 'late' });
  expect(await alerts(machine, 'stock_mismatch')).toEqual([]);
  expect(await tell(machine, 'taken', 'l-2', { at })).toMatchObject({ signal: 'none', reason: 'late' });
  expect(await alerts(machine, 'stock_mismatch')).toEqual([
    'The meal l-2 was reported as taken after its purchase had been settled without that.',
  ]);
  expect(await stateOf('l-2')).toMatchObject({ state: 'stocked' });
  expect((await world.purchase(id)).totalAmount).toBe(650);
});

it('tells where the list says nothing and the device something, and charges nothing', async () => {
  const machine = nextMachine();
  await stockMeals(world.database.sql, machine, [{ barcode: 'e-1', sku: '1001' }]);
  const id = await world.opened(machine, 'empty-handed');
  await tell(machine, 'taken', 'e-1');
  await close(machine, id, 'empty');
  await eventually(async () =>
    expect(await alerts(machine, 'stock_mismatch')).toEqual([
      "The fridge's list says that nothing was taken, its device saw these taken: e-1. Nothing is charged.",
    ]),
  );
  // And whoever comes next did not take it.
  const next = await buy(machine, ['1001'], 'after-that');
  expect(await stateOf('e-1')).toMatchObject({ state: 'stocked' });
  expect((await allocation(next))?.result).toMatchObject({ taken: [{ as: 'unknown' }] });
});

it('lets an operator fill the machine in peace', async () => {
  const machine = nextMachine();
  await stockMeals(world.database.sql, machine, [{ barcode: 'o-1', sku: '1001', reservedFor: 'owner' }]);
  await rows(
    `with made as (insert into restocks (document_id, state, opened_at, created_at, updated_at, published_at)
       values ('restock-of-' || $1, 'open', now(), now(), now(), now()) returning id)
     insert into restocks_machine_lnk (restock_id, machine_id) select made.id, m.id from made, machines m where m.vendor_id = $1`,
    [machine],
  );
  expect(await tell(machine, 'taken', 'o-1')).toMatchObject({ signal: 'none', reason: 'restocking' });
  expect(await alerts(machine, 'meal_gone')).toEqual([]);
});

it('notes a barcode that nobody knows', async () => {
  const machine = nextMachine();
  const id = await world.opened(machine, 'curious');
  expect(await tell(machine, 'taken', 'nobody-knows')).toEqual({
    signal: 'none',
    reason: 'unknown_barcode',
    message: '',
  });
  expect(await rows(`select transaction_id, whose from larder.meal_events where barcode = 'nobody-knows'`)).toEqual([
    { transaction_id: id, whose: 'unknown' },
  ]);
  await close(machine, id, 'empty');
});

it.each<[string, unknown, string]>([
  ['nothing', {}, 'barcode'],
  ['a list', [], 'body'],
  ['no events', { events: [] }, 'events'],
  ['101 events', { events: Array.from({ length: 101 }, () => ({})) }, 'events.0.barcode'],
  ['an unknown action', { barcode: 'x', action: 'eaten', at: '2026-11-21T10:00:00Z' }, 'action'],
  ['a time without its zone', { barcode: 'x', action: 'taken', at: '2026-11-21T10:00:00' }, 'at'],
  ['NUL', { barcode: 'x\u0000', action: 'taken', at: '2026-11-21T10:00:00Z' }, 'barcode'],
  ['a long id', { barcode: 'x', action: 'taken', at: '2026-11-21T10:00:00Z', id: 'x'.repeat(121) }, 'id'],
  ['an object', { barcode: { $ne: 1 }, action: 'taken', at: '2026-11-21T10:00:00Z' }, 'barcode'],
])('refuses %s, naming the field', async (_, body, field) => {
  const response = await world.larder.post('/api/machines/M14/meal-events', body as object, keys.get('M14'));
  expect(response.status).toBe(400);
  expect(response.body.error.details.errors.map((error: { field: string }) => error.field)).toContain(field);
});

it("hears only a machine's own device", async () => {
  const event = { barcode: 'x', action: 'taken', at: new Date().toISOString() };
  const send = (key?: string) => world.larder.post('/api/machines/M14/meal-events', event, key);
  expect((await send()).status).toBe(401);
  expect((await send('ldk_' + 'x'.repeat(43))).status).toBe(401);
  expect((await send(keys.get('M1'))).body.error.details.code).toBe('other_machine');
});
