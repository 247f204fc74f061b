/** A fridge that reads barcodes tells what is touched, taken and put back: what it hears, what is charged, who is told. */
import { eventually } from '../support/eventually';
import { breaches } from '../support/invariants';
import { startScannerDesk, type ScannerDesk } from '../support/scanner-desk';
import { stockMeals, stockOf } from '../support/stock';

/** Each machine is used by one test. */
let desk: ScannerDesk;

beforeAll(async () => {
  desk = await startScannerDesk(14);
  // Known from now on: reserved meals need an owner.
  await desk.buy('M14', ['1001'], 'owner');
});
afterAll(async () => {
  expect(await breaches(desk.world.database.sql, desk.world.simulator)).toEqual([]);
  await desk.world.stop();
});

it("charges what is free for all, and says nothing; knows a customer's own", async () => {
  const machine = desk.nextMachine();
  await stockMeals(desk.world.database.sql, machine, [
    { barcode: 'f-1', sku: '1001', expiresIn: 9 },
    { barcode: 'f-2', sku: '1001', expiresIn: 99 },
    { barcode: 'f-own', sku: '1002', reservedFor: 'owner' },
  ]);
  const id = await desk.world.opened(machine, 'owner');
  expect(await desk.tell(machine, 'touched', 'f-2')).toEqual({ signal: 'none', reason: 'free', message: '' });
  expect(await desk.tell(machine, 'taken', 'f-2')).toMatchObject({ signal: 'none', reason: 'free' });
  expect(await desk.tell(machine, 'taken', 'f-own')).toMatchObject({ signal: 'none', reason: 'own' });
  desk.world.simulator.customer(machine).take('1001');
  desk.world.simulator.customer(machine).take('1002');
  await desk.close(machine, id);
  // The barcode decides, not which one expires first.
  expect(await desk.stateOf('f-2')).toMatchObject({ state: 'sold' });
  expect(await desk.stateOf('f-1')).toMatchObject({ state: 'stocked' });
  expect(await desk.stateOf('f-own')).toMatchObject({ state: 'sold' });
  expect((await desk.world.purchase(id)).totalAmount).toBe(650 + 790);
  expect(await desk.alerts(machine, 'stock_mismatch')).toEqual([]);
  expect(await desk.notes(id)).toEqual([]);
});

it("warns of a touch of another's meal, sounds the alarm when it is taken, and ends it when it is put back", async () => {
  const machine = desk.nextMachine();
  await stockMeals(desk.world.database.sql, machine, [
    { barcode: 'w-free', sku: '1001' },
    { barcode: 'w-res', sku: '1001', reservedFor: 'owner' },
  ]);
  const id = await desk.world.opened(machine, 'passer-by');
  expect(await desk.tell(machine, 'touched', 'w-res')).toMatchObject({ signal: 'warn', reason: 'reserved' });
  expect(await desk.tell(machine, 'taken', 'w-res')).toEqual({
    signal: 'alarm',
    reason: 'reserved',
    message: 'This meal is reserved for somebody. Please put it back before you close the door.',
  });
  expect(await desk.tell(machine, 'returned', 'w-res', {}, 'fr-CH, en;q=0.5')).toEqual({
    signal: 'none',
    reason: 'alarm_over',
    message: 'Merci de l’avoir remis.',
  });
  await desk.tell(machine, 'taken', 'w-free');
  desk.world.simulator.customer(machine).take('1001');
  await desk.close(machine, id);
  expect(await desk.stateOf('w-res')).toEqual({ state: 'stocked', owner: 'owner' });
  expect(await desk.stateOf('w-free')).toMatchObject({ state: 'sold' });
  expect((await desk.world.purchase(id)).totalAmount).toBe(650);
  expect(await desk.notes(id)).toEqual([
    ['meal.alarm', 'w-res'],
    ['meal.alarm_over', 'w-res'],
  ]);
  expect(await desk.alerts(machine, 'theft')).toEqual([]);
  expect(await desk.rows(`select 1 from larder.thefts where transaction_id = $1`, [id])).toEqual([]);
});

it("charges whoever keeps another's meal the machine's price for it, and offers the owner another one", async () => {
  const machine = desk.nextMachine();
  await desk.rows(`update machines set theft_percent = 150 where vendor_id = $1`, [machine]);
  await stockMeals(desk.world.database.sql, machine, [
    { barcode: 't-res', sku: '1001', reservedFor: 'owner' },
    { barcode: 't-soon', sku: '1001', expiresIn: 5 },
    { barcode: 't-fresh', sku: '1001', expiresIn: 90 },
    { barcode: 't-bought', sku: '1001', expiresIn: 1 },
  ]);
  const id = await desk.world.opened(machine, 'thief');
  await desk.tell(machine, 'taken', 't-bought');
  expect(await desk.tell(machine, 'taken', 't-res')).toMatchObject({ signal: 'alarm' });
  desk.world.simulator.customer(machine).take('1001');
  desk.world.simulator.customer(machine).take('1001');
  await desk.close(machine, id);
  const purchase = await desk.world.purchase(id);
  expect(purchase.products.map((line) => ({ ...line, name: '' }))).toMatchObject([
    { kind: 'sale', quantity: 1, unitAmount: 650, amount: 650 },
    { kind: 'theft', quantity: 1, unitAmount: 975, amount: 975 },
  ]);
  expect(purchase.totalAmount).toBe(650 + 975);
  expect(await desk.stateOf('t-res')).toEqual({ state: 'stolen', owner: 'owner' });
  expect(await desk.stateOf('t-fresh')).toEqual({ state: 'stocked', owner: 'owner' });
  expect(await desk.stateOf('t-soon')).toEqual({ state: 'stocked', owner: null });
  expect(await desk.alerts(machine, 'theft')).toEqual([
    'The meal t-res, reserved for the customer owner, was taken and kept by somebody else. ' +
      'The meal t-fresh is reserved for them instead: please put their name on it and tell them.',
  ]);
  expect(
    await desk.rows(`select barcode, amount, is_seen, offer, is_owed from larder.thefts where transaction_id = $1`, [
      id,
    ]),
  ).toEqual([{ barcode: 't-res', amount: 975, is_seen: true, offer: 't-fresh', is_owed: false }]);
  expect(await desk.rows(`select theft_count, blocked from up_users where customer_id = 'thief'`)).toEqual([
    { theft_count: 1, blocked: false },
  ]);
});

it('notes what is owed where no equal meal is left, keeps to the least price, and blocks after three', async () => {
  const machine = desk.nextMachine();
  await desk.rows(`update machines set theft_minimum_amount = 2000 where vendor_id = $1`, [machine]);
  await stockMeals(
    desk.world.database.sql,
    machine,
    [1, 2, 3].map((n) => ({ barcode: `b-${n}`, sku: '1001', reservedFor: 'owner' })),
  );
  const steal = async (barcodes: readonly string[]) => {
    const id = await desk.world.opened(machine, 'again');
    for (const barcode of barcodes) {
      await desk.tell(machine, 'taken', barcode);
      desk.world.simulator.customer(machine).take('1001');
    }
    await desk.close(machine, id);
    return id;
  };
  const first = await steal(['b-1', 'b-2']);
  expect((await desk.world.purchase(first)).totalAmount).toBe(4000);
  await eventually(async () => expect((await desk.alerts(machine, 'theft'))[0]).toContain('they are owed a meal'));
  expect(await desk.rows(`select is_owed from larder.thefts where transaction_id = $1`, [first])).toEqual([
    { is_owed: true },
    { is_owed: true },
  ]);
  await steal(['b-3']);
  const refused = await desk.world.open(machine, 'again');
  expect({ status: refused.status, code: refused.body.error.details.code }).toEqual({
    status: 403,
    code: 'customer_blocked',
  });
  const said = async () => (await desk.alerts(machine, 'theft')).join();
  await eventually(async () => expect(await said()).toContain('No door opens any more'));
});

it('concludes from the list alone what it can, and calls nobody a thief for it', async () => {
  const machine = desk.nextMachine();
  await desk.rows(`update machines set theft_percent = 500 where vendor_id = $1`, [machine]);
  await stockMeals(desk.world.database.sql, machine, [{ barcode: 'd-res', sku: '1001', reservedFor: 'owner' }]);
  const id = await desk.buy(machine, ['1001'], 'unseen');
  expect((await desk.world.purchase(id)).totalAmount).toBe(650);
  await eventually(async () =>
    expect((await desk.alerts(machine, 'theft'))[0]).toContain('it was not seen which meal it was'),
  );
  expect(await desk.rows(`select is_seen, amount from larder.thefts where transaction_id = $1`, [id])).toEqual([
    { is_seen: false, amount: 650 },
  ]);
  expect(
    await desk.rows(`select theft_count from up_users where coalesce(theft_count, 0) > 0 and customer_id = 'unseen'`),
  ).toEqual([]);
});

it('tells of a meal that goes without a purchase, and bills it to nobody who comes later', async () => {
  const machine = desk.nextMachine();
  await stockMeals(desk.world.database.sql, machine, [
    { barcode: 'g-res', sku: '1001', reservedFor: 'owner', expiresIn: 1 },
    { barcode: 'g-gone', sku: '1001', expiresIn: 2 },
    { barcode: 'g-left', sku: '1001', expiresIn: 9 },
  ]);
  expect(await desk.tell(machine, 'touched', 'g-gone')).toMatchObject({ signal: 'warn', reason: 'no_purchase' });
  expect(await desk.tell(machine, 'taken', 'g-gone')).toMatchObject({ signal: 'alarm', reason: 'no_purchase' });
  expect(await desk.tell(machine, 'taken', 'g-left')).toMatchObject({ signal: 'alarm', reason: 'no_purchase' });
  expect(await desk.tell(machine, 'returned', 'g-left')).toMatchObject({ signal: 'none', reason: 'alarm_over' });
  expect(await desk.alerts(machine, 'meal_gone')).toEqual([
    'The meal g-gone was taken while nobody had opened the door for a purchase.',
    'The meal g-left was taken while nobody had opened the door for a purchase.',
  ]);
  const id = await desk.buy(machine, ['1001'], 'next');
  expect(await desk.stateOf('g-gone')).toMatchObject({ state: 'stocked' });
  expect(await desk.stateOf('g-left')).toMatchObject({ state: 'sold' });
  expect((await desk.world.purchase(id)).totalAmount).toBe(650);
  // Of the books two are left; a count finds the one that is gone.
  expect(await stockOf(desk.world.database.sql, machine)).toEqual({ '1001': 2 });
});

it('does nothing twice, however often and in whatever company an event comes', async () => {
  const machine = desk.nextMachine();
  await stockMeals(desk.world.database.sql, machine, [{ barcode: 'r-1', sku: '1001' }]);
  const event = { barcode: 'r-1', action: 'taken', at: new Date().toISOString() };
  const send = (body: object) =>
    desk.world.larder.post(`/api/machines/${machine}/meal-events`, body, desk.keyOf(machine));
  const answers = await Promise.all(Array.from({ length: 10 }, () => send(event)));
  for (const { status, body } of answers) expect({ status, body }).toEqual({ status: 200, body: answers[0]?.body });
  await desk.tell(machine, 'taken', 'r-1', { id: 'n-1' });
  await desk.tell(machine, 'taken', 'r-1', { id: 'n-1', at: '2026-01-01T00:00:00Z' });
  await desk.buy(machine, ['1002'], 'between');
  // The same answer also when everything else has changed.
  expect((await send({ events: [event, event] })).body).toEqual({ results: [answers[0]?.body, answers[0]?.body] });
  expect(await desk.rows(`select key from larder.meal_events where barcode = 'r-1'`)).toHaveLength(2);
  expect(await desk.alerts(machine, 'meal_gone')).toHaveLength(2);
});

it('notes what comes after its purchase was settled, tells where it does not fit, and changes nothing', async () => {
  const machine = desk.nextMachine();
  await stockMeals(desk.world.database.sql, machine, [
    { barcode: 'l-1', sku: '1001', expiresIn: 1 },
    { barcode: 'l-2', sku: '1001', expiresIn: 9 },
  ]);
  const id = await desk.world.opened(machine, 'late');
  desk.world.simulator.customer(machine).take('1001');
  const at = new Date().toISOString();
  await desk.close(machine, id);
  expect(await desk.stateOf('l-1')).toMatchObject({ state: 'sold' });
  expect(await desk.tell(machine, 'taken', 'l-1', { at })).toMatchObject({ signal: 'none', reason: 'late' });
  expect(await desk.alerts(machine, 'stock_mismatch')).toEqual([]);
  expect(await desk.tell(machine, 'taken', 'l-2', { at })).toMatchObject({ signal: 'none', reason: 'late' });
  expect(await desk.alerts(machine, 'stock_mismatch')).toEqual([
    'The meal l-2 was reported as taken after its purchase had been settled without that.',
  ]);
  expect(await desk.stateOf('l-2')).toMatchObject({ state: 'stocked' });
  expect((await desk.world.purchase(id)).totalAmount).toBe(650);
});

it('tells where the list says nothing and the device something, and charges nothing', async () => {
  const machine = desk.nextMachine();
  await stockMeals(desk.world.database.sql, machine, [{ barcode: 'e-1', sku: '1001' }]);
  const id = await desk.world.opened(machine, 'empty-handed');
  await desk.tell(machine, 'taken', 'e-1');
  await desk.close(machine, id, 'empty');
  await eventually(async () =>
    expect(await desk.alerts(machine, 'stock_mismatch')).toEqual([
      "The fridge's list says that nothing was taken, its device saw these taken: e-1. Nothing is charged.",
    ]),
  );
  // And whoever comes next did not take it.
  const next = await desk.buy(machine, ['1001'], 'after-that');
  expect(await desk.stateOf('e-1')).toMatchObject({ state: 'stocked' });
  expect((await desk.allocation(next))?.result).toMatchObject({ taken: [{ as: 'unknown' }] });
});

it('lets an operator fill the machine in peace', async () => {
  const machine = desk.nextMachine();
  await stockMeals(desk.world.database.sql, machine, [{ barcode: 'o-1', sku: '1001', reservedFor: 'owner' }]);
  await desk.rows(
    `with made as (insert into restocks (document_id, state, opened_at, created_at, updated_at, published_at)
       values ('restock-of-' || $1, 'open', now(), now(), now(), now()) returning id)
     insert into restocks_machine_lnk (restock_id, machine_id) select made.id, m.id from made, machines m where m.vendor_id = $1`,
    [machine],
  );
  expect(await desk.tell(machine, 'taken', 'o-1')).toMatchObject({ signal: 'none', reason: 'restocking' });
  expect(await desk.alerts(machine, 'meal_gone')).toEqual([]);
});

it('notes a barcode that nobody knows', async () => {
  const machine = desk.nextMachine();
  const id = await desk.world.opened(machine, 'curious');
  expect(await desk.tell(machine, 'taken', 'nobody-knows')).toEqual({
    signal: 'none',
    reason: 'unknown_barcode',
    message: '',
  });
  expect(
    await desk.rows(`select transaction_id, whose from larder.meal_events where barcode = 'nobody-knows'`),
  ).toEqual([{ transaction_id: id, whose: 'unknown' }]);
  await desk.close(machine, id, 'empty');
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
  const response = await desk.world.larder.post('/api/machines/M14/meal-events', body as object, desk.keyOf('M14'));
  expect(response.status).toBe(400);
  expect(response.body.error.details.errors.map((error: { field: string }) => error.field)).toContain(field);
});

it("hears only a machine's own device", async () => {
  const event = { barcode: 'x', action: 'taken', at: new Date().toISOString() };
  const send = (key?: string) => desk.world.larder.post('/api/machines/M14/meal-events', event, key);
  expect((await send()).status).toBe(401);
  expect((await send('ldk_' + 'x'.repeat(43))).status).toBe(401);
  expect((await send(desk.keyOf('M1'))).body.error.details.code).toBe('other_machine');
});
