import { listenAsLarder, type Asked, type Listener } from '../testing/larder';
import { stage } from '../testing/stage';

const KEY = `ldk_${'k'.repeat(43)}`;
const NEVER = { readingsEveryMs: 0, heartbeatEveryMs: 0, pollMs: 20 };
const listeners: Listener[] = [];
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((each) => each.stop()));
});

async function fitted(answer: (asked: Asked) => { status: number; body: object } | 'break', device: object = NEVER) {
  const larder = await listenAsLarder(answer);
  listeners.push(larder);
  const on = await stage({ device, stock: [{ barcode: 'S-1', vpn: '1001' }] });
  on.simulator.fridge('M1').connect({ url: `${larder.url}/`, key: KEY });
  return { ...on, larder, fridge: on.simulator.fridge('M1') };
}
const ok = (body: object) => ({ status: 200, body });

test('a reader asks with the key, follows its purchase to the end, and a lost answer is asked for again as the same', async () => {
  let [tries, looks] = [0, 0];
  const { larder, fridge, simulator } = await fitted(({ method }) => {
    if (method === 'POST') return (tries += 1) === 1 ? 'break' : ok({ id: 't1', state: 'open' });
    looks += 1;
    return looks < 3
      ? ok({ id: 't1', state: 'open', totalAmount: null, paymentState: 'held' })
      : ok({
          id: 't1',
          state: 'completed',
          totalAmount: 650,
          capturedAmount: 650,
          currency: 'EUR',
          paymentState: 'captured',
        });
  });
  expect(await fridge.show({ kind: 'badge', uid: 'B1' })).toMatchObject({ kind: 'purchase', state: 'open' });
  await simulator.until('M1', ({ fridge: seen }) => JSON.stringify(seen?.device?.screen).includes('"captured"'));
  const [first, second] = await larder.heard('/api/machines/M1/open', 2);
  expect(first).toMatchObject({ key: `Bearer ${KEY}`, body: { credential: { kind: 'badge', uid: 'B1' } } });
  expect(first?.idempotencyKey).toMatch(/.{16}/);
  expect(second?.idempotencyKey).toBe(first?.idempotencyKey);
  // It does not go on asking about what is over.
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(looks).toBe(3);
});

test('a reader says why not, and that nobody is there; a new showing is a new request', async () => {
  const details = { code: 'credential_refused', reason: 'token_used' };
  const { larder, fridge, simulator } = await fitted(({ body }) =>
    body.credential?.kind === 'card'
      ? 'break'
      : { status: 403, body: { error: { status: 403, message: 'Used.', details } } },
  );
  const refused = { kind: 'refused', code: 'credential_refused', reason: 'token_used', message: 'Used.' };
  expect(await fridge.show({ kind: 'token', token: 'ldt.x' })).toEqual(refused);
  expect(await fridge.show({ kind: 'token', token: 'ldt.x' })).toEqual(refused);
  const keys = (await larder.heard('/open', 2)).map(({ idempotencyKey }) => idempotencyKey);
  expect(new Set(keys).size).toBe(2);
  expect(await fridge.show({ kind: 'card', paymentMethodId: 'pm_1' })).toEqual({ kind: 'away' });
  expect(simulator.machine('M1').fridge?.device).toMatchObject({ screen: { kind: 'away' }, hint: 'kkkk' });
  expect(JSON.stringify(simulator.machine('M1'))).not.toContain(KEY);
});

test('readings are sent, kept back and sent late, sent again, and stay where nobody answers', async () => {
  let isAway = false;
  const { larder, fridge, simulator } = await fitted(({ body }) =>
    isAway
      ? 'break'
      : ok({
          stored: body.readings?.length,
          repeated: 0,
          rejected: [],
          locked: true,
          reason: 'Too warm.',
        }),
  );
  const device = () => simulator.machine('M1').fridge?.device;
  fridge.set({ temperature: 9, humidity: 60 });
  await fridge.measure();
  expect(device()).toMatchObject({
    report: { kind: 'stored', stored: 1 },
    sales: { locked: true, reason: 'Too warm.' },
  });
  fridge.set({ keepBack: true });
  await fridge.measure(3);
  expect(device()).toMatchObject({ waiting: 4 });
  await fridge.fitted().reporter.send();
  await fridge.fitted().reporter.repeat();
  isAway = true;
  fridge.set({ keepBack: false });
  await fridge.measure();
  expect(device()).toMatchObject({ waiting: 1, report: { kind: 'away' } });
  const batches = (await larder.heard('/readings', 4)).map(({ body }) => body.readings ?? []);
  expect(batches.map(({ length }) => length)).toEqual([1, 4, 4, 1]);
  expect(batches[2]).toEqual(batches[1]);
  expect(batches[0]?.[0]).toMatchObject({ temperature: 9, humidity: 60 });
  const [first, second] = (batches[1] ?? []).map(({ at }) => Date.parse(at));
  expect((second ?? 0) - (first ?? 0)).toBe(60_000);
});

test("the shelves are filled by Larder's books, and stay as they are where it does not tell", async () => {
  const meal = { barcode: 'L-1', sku: '1002', name: 'Curry', expiresAt: null, area: 'subscription', labelName: 'Ada' };
  let answer: ReturnType<typeof ok> | 'break' = 'break';
  const { fridge, simulator } = await fitted(() => answer);
  await expect(fridge.stockFromLarder()).rejects.toThrow('Larder does not answer.');
  answer = { status: 403, body: { error: { message: 'Another machine.' } } };
  await expect(fridge.stockFromLarder()).rejects.toThrow('Larder does not tell its stock: Another machine.');
  expect(simulator.machine('M1').fridge?.meals).toMatchObject([{ barcode: 'S-1' }]);
  answer = ok({ data: [meal] });
  await fridge.stockFromLarder();
  expect(simulator.machine('M1').fridge?.meals).toEqual([
    { barcode: 'L-1', vpn: '1002', expiresAt: null, area: 'subscription', reservedFor: 'Ada', where: 'shelf' },
  ]);
});

test('by its options alone a fridge has a device, and waits for a Larder that comes up later than it', async () => {
  let tries = 0;
  const larder = await listenAsLarder(() => ((tries += 1) === 1 ? 'break' : ok({ data: [] })));
  listeners.push(larder);
  const { simulator } = await stage({ stock: 'larder', larder: { url: larder.url, keys: { M2: KEY } }, device: NEVER });
  expect(simulator.machine('M1')).not.toHaveProperty('fridge');
  expect(simulator.machine('M2').fridge).toMatchObject({ meals: null, device: { hint: 'kkkk' } });
  await simulator.until('M2', ({ fridge }) => fridge?.meals?.length === 0, 4000);
  expect(larder.asked.map(({ path }) => path)).toEqual(['/api/machines/M2/meals', '/api/machines/M2/meals']);
});

test('a device measures and lives at its own pace, and says whether its door is open', async () => {
  const { larder, fridge, client } = await fitted(() => ok({ locked: false, reason: null }), {
    ...NEVER,
    readingsEveryMs: 20,
    heartbeatEveryMs: 20,
  });
  await larder.heard('/readings', 2);
  expect((await larder.heard('/heartbeat', 1))[0]?.body).toMatchObject({ door: 'locked' });
  await client.open('M1');
  const before = larder.asked.length;
  await larder.heard('/heartbeat', before + 2);
  expect(larder.asked.filter(({ path }) => path.endsWith('heartbeat')).at(-1)?.body).toMatchObject({
    door: 'unlocked',
  });
  fridge.set({ state: 'silent' });
  const silent = larder.asked.filter(({ path }) => path.endsWith('readings')).length;
  await larder.heard('/heartbeat', before + 6);
  expect(larder.asked.filter(({ path }) => path.endsWith('readings')).length).toBeLessThanOrEqual(silent + 1);
});

test('the scanner tells what it sees in order, and an alarm sounds until it is over', async () => {
  const { larder, fridge, client, simulator } = await fitted(({ body }) =>
    ok(
      body.action === 'taken'
        ? { signal: 'alarm', reason: 'reserved', message: 'Put it back.' }
        : { signal: 'none', reason: 'free', message: '' },
    ),
  );
  await client.open('M1');
  const customer = simulator.customer('M1');
  const signal = () => simulator.machine('M1').fridge?.device?.signal;
  customer.touchMeal('S-1');
  customer.takeMeal('S-1');
  await fridge.settled();
  expect(signal()).toEqual({
    signal: 'alarm',
    reason: 'reserved',
    message: 'Put it back.',
    barcode: 'S-1',
    action: 'taken',
  });
  customer.putBackMeal('S-1');
  await fridge.settled();
  expect(signal()).toMatchObject({ signal: 'none', action: 'returned' });
  customer.takeMeal('S-1');
  customer.close();
  await fridge.settled();
  expect(signal()).toBeNull();
  const events = (await larder.heard('/meal-events', 4)).map(({ body }) => body);
  expect(events.map(({ action }) => action)).toEqual(['touched', 'taken', 'returned', 'taken']);
  expect(new Set(events.map(({ id }) => id)).size).toBe(4);
});
