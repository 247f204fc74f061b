import { NAMES } from '../testing/client';
import { stage } from '../testing/stage';

test('a purchase goes from the request to a completion whose total is the sum of its lines', async () => {
  const { simulator, client } = await stage();
  client.send('request', 'M1', {}, 't-1');
  const begun = await client.next(NAMES.begun);
  expect(client.heard[0]).toMatchObject({ ack: true, raw: expect.stringContaining('"ack_code":"PUBLIC011"') });
  expect(begun.json.data).toMatchObject({ payment_name: 'STRIPE', currency: 'EUR', total_amount: '25' });
  expect(simulator.machine('M1')).toMatchObject({ state: 'requested', session: begun.json.data?.session });

  client.send('door', 'M1', { session: begun.json.data?.session }, 't-2');
  expect((await client.next(NAMES.opened)).json.data).toEqual([{ door_status: 'UNLOCKED' }]);

  const customer = simulator.customer('M1');
  customer.take('1001');
  customer.take('1007');
  customer.take('1007');
  customer.putBack('1001');
  const baskets = [await client.next(), await client.next(), await client.next(), await client.next()];
  expect(baskets.map(({ json }) => json.list?.map(({ vpn }) => vpn))).toEqual([
    ['1001'],
    ['1001', '1007'],
    ['1001', '1007', '1007'],
    ['1007', '1007'],
  ]);
  expect(baskets[0]?.json.list).toEqual([{ vpn: '1001', unit_price: '6.50', name: 'Lentil and feta salad' }]);

  customer.close();
  expect((await client.next(NAMES.closed)).json.data).toEqual({ door_status: 'LOCKED' });
  const completed = await client.next(NAMES.completed);
  expect(completed).toMatchObject({
    status: 1,
    ref: 't-2',
    json: { data: { transaction_status: 1, transaction_total: 3.2 } },
  });
  expect(completed.json.data?.transaction_product).toEqual(baskets[3]?.json.list);
  expect(simulator.machine('M1')).toMatchObject({ state: 'free', basket: [], doorCommands: 1, doorOpenings: 1 });
  expect(simulator.machine('M1').last).toMatchObject({ basket: ['1007', '1007'], total: 3.2 });
});

test('a customer who takes nothing ends with "0" and "-10" as texts', async () => {
  const { simulator, client } = await stage();
  await client.open('M1');
  simulator.customer('M1').close();
  await client.next(NAMES.closed);
  expect(await client.next(NAMES.completed)).toMatchObject({ status: '0', error: { code: '-10' }, json: [] });
});

test('a second request while the machine is busy is refused', async () => {
  const { client, connect } = await stage();
  await client.open('M1');
  const other = await connect();
  other.send('request', 'M1');
  expect((await other.next('smart_fridge_request_error')).error.code).toBe(-5);
});

test('the door opens for its own session only, and once', async () => {
  const { simulator, client } = await stage();
  client.send('request', 'M1');
  const session = (await client.next(NAMES.begun)).json.data?.session;
  client.send('door', 'M1', { session: 's-other' });
  expect((await client.next('smart_fridge_door_open_error')).error.code).toBe(-1);
  client.send('door', 'M1', { session });
  await client.next(NAMES.opened);
  client.send('door', 'M1', { session });
  expect((await client.next('smart_fridge_door_open_error')).error.code).toBe(-5);
  expect(simulator.machine('M1')).toMatchObject({ doorCommands: 3, doorOpenings: 1 });
});

test('an amount that is no decimal text is refused, naming it', async () => {
  const { client } = await stage();
  client.send('request', 'M1', { total_amount: 25 });
  expect((await client.next()).error).toEqual({ code: -1, message: 'Invalid parameters: total_amount' });
});

test('a request whose door is never opened is forgotten, and its session with it', async () => {
  const { simulator, client } = await stage({ requestTtlMs: 30 });
  client.send('request', 'M1');
  const session = (await client.next(NAMES.begun)).json.data?.session;
  await simulator.until('M1', 'free');
  client.send('door', 'M1', { session });
  expect((await client.next()).error.code).toBe(-1);
  expect(simulator.machine('M1').doorOpenings).toBe(0);
});

test('an opened door is not forgotten', async () => {
  const { simulator, client } = await stage({ requestTtlMs: 30 });
  await client.open('M1');
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(simulator.machine('M1').state).toBe('open');
});

test('a customer before a closed door, or with an empty hand, is told so', async () => {
  const { simulator, client } = await stage();
  expect(() => simulator.customer('M9')).toThrow('There is no machine "M9".');
  expect(() => simulator.customer('M1').take('1001')).toThrow('The door of M1 is not open (the machine is "free").');
  client.send('request', 'M2');
  await simulator.until('M2', 'requested');
  expect(() => simulator.customer('M2').close()).toThrow('The door of M2 is not open (the machine is "requested").');
  await client.next(NAMES.begun);
  await client.open('M1');
  expect(() => simulator.customer('M1').take('none')).toThrow('There is no product with the vpn "none".');
  expect(() => simulator.customer('M1').putBack('1001')).toThrow('The basket holds no product');
});
