import { NAMES, type Client } from '../testing/client';
import { stage } from '../testing/stage';

async function completion(client: Client): Promise<Record<string, unknown>> {
  return (await client.next(NAMES.completed)).json.data ?? {};
}

test.each([
  ['check', 'check_machine_state_error'],
  ['request', 'smart_fridge_request_error'],
] as const)('refuse: a %s, with the code as number or text', async (command, name) => {
  for (const code of [-1, -2, -3, -4, -5, -10, -11, -99]) {
    for (const as of ['number', 'string'] as const) {
      const { client } = await stage({ faults: [{ name: 'refuse', command, code, as }] });
      client.send(command, 'M1');
      const heard = await client.next(name);
      expect([heard.status, heard.error.code]).toEqual(as === 'string' ? ['0', String(code)] : [0, code]);
    }
  }
});

test('refuse: the door, which then stays locked', async () => {
  const { simulator, client } = await stage({ faults: [{ name: 'refuse', command: 'door', code: -4 }] });
  client.send('request', 'M1');
  client.send('door', 'M1', { session: (await client.next(NAMES.begun)).json.data?.session });
  expect((await client.next('smart_fridge_door_open_error')).error.code).toBe(-4);
  expect(simulator.machine('M1')).toMatchObject({ state: 'requested', doorOpenings: 0 });
});

test('refuse: a completion, though the basket is full', async () => {
  const { simulator, client } = await stage({ faults: [{ name: 'refuse', command: 'complete', code: -10 }] });
  await client.open('M1');
  simulator.customer('M1').take('1001');
  simulator.customer('M1').close();
  expect(await client.next(NAMES.completed)).toMatchObject({ status: 0, error: { code: -10 }, json: [] });
});

test('error-after-open: the error comes, and the pushes go on', async () => {
  const { simulator, client } = await stage({ faults: [{ name: 'error-after-open', result: 'door', code: -11 }] });
  await client.open('M1');
  expect((await client.next('smart_fridge_door_open_error')).error.code).toBe(-11);
  simulator.customer('M1').take('1001');
  await client.next(NAMES.taken);
});

test('error-after-begun: unasked, a moment later', async () => {
  const { client } = await stage({ faults: [{ name: 'error-after-begun', code: -5, ms: 20, as: 'string' }] });
  client.send('request', 'M1');
  await client.next(NAMES.begun);
  expect((await client.next('smart_fridge_request_error')).error.code).toBe('-5');
});

test('lying-total, unknown-product, price-unlike and blank-id, all at once', async () => {
  const { simulator, client } = await stage({
    faults: [
      { name: 'price-unlike', price: '2.00' },
      { name: 'unknown-product' },
      { name: 'lying-total' },
      { name: 'blank-id' },
    ],
  });
  await client.open('M1');
  simulator.customer('M1').take('1001');
  simulator.customer('M1').close();
  const lines = [
    { vpn: '1001', unit_price: '2.00', name: 'Lentil and feta salad' },
    { vpn: 'X-404', unit_price: '3.30', name: 'Mystery meal' },
  ];
  expect((await client.next(NAMES.taken)).json.list).toEqual(lines);
  const data = await completion(client);
  expect(data).toMatchObject({ transaction_id: '', transaction_total: 1.5, transaction_product: lines });
  expect(simulator.machine('M1').last?.total).toBe(6.5);
});

test('unknown-product: the total goes with it where nothing else lies', async () => {
  const { simulator, client } = await stage({
    faults: [{ name: 'unknown-product', frames: 'completed', price: '1.10' }],
  });
  await client.open('M1');
  simulator.customer('M1').take('1001');
  simulator.customer('M1').close();
  expect((await client.next(NAMES.taken)).json.list).toHaveLength(1);
  expect((await completion(client)).transaction_total).toBe(7.6);
});

test('opened-word: the door is "OPENED"', async () => {
  const { client } = await stage({ faults: [{ name: 'opened-word' }] });
  await client.open('M1');
  expect(client.heard.at(-1)?.json.data).toEqual([{ door_status: 'OPENED' }]);
});
