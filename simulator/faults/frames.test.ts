import { NAMES } from '../testing/client';
import { stage } from '../testing/stage';

async function shop(on: Awaited<ReturnType<typeof stage>>, vpns: string[] = ['1001', '1007']): Promise<void> {
  await on.client.open('M1');
  const customer = on.simulator.customer('M1');
  vpns.forEach((vpn) => customer.take(vpn));
  customer.close();
}

test.each([
  ['timestamp', (ref: unknown) => typeof ref === 'string' && /^\d{10}$/.test(ref)],
  ['number', (ref: unknown) => typeof ref === 'number'],
  ['null', (ref: unknown) => ref === null],
] as const)('wrong-ref: %s', async (mode, fits) => {
  const { client } = await stage({ faults: [{ name: 'wrong-ref', mode }] });
  await client.open('M1');
  expect(client.heard).toHaveLength(4);
  expect(client.heard.every(({ ref }) => fits(ref))).toBe(true);
});

test('wrong-ref: missing, of some frames only', async () => {
  const { client } = await stage({ faults: [{ name: 'wrong-ref', mode: 'missing', frames: ['begun'] }] });
  await client.open('M1');
  expect(client.heard.map(({ hasRef }) => hasRef)).toEqual([true, false, true, true]);
});

test('wrong-ref: the ref of another live session, and of one that has ended', async () => {
  const on = await stage();
  await on.client.open('M2');
  on.simulator.setFaults([{ name: 'wrong-ref', mode: 'other', machine: 'M1', frames: 'door-result' }]);
  await on.client.open('M1');
  expect(on.client.heard.filter(({ name }) => name === NAMES.opened).map(({ ref }) => ref)).toEqual([
    'ref-M2',
    'ref-M2',
  ]);
  on.simulator.customer('M2').close();
  on.simulator.setFaults([{ name: 'wrong-ref', mode: 'finished' }]);
  on.simulator.customer('M1').take('1001');
  expect((await on.client.next(NAMES.taken)).ref).toBe('ref-M2');
});

test('numbers-as-strings: every number is a text', async () => {
  const on = await stage({ faults: [{ name: 'numbers-as-strings' }] });
  await shop(on);
  const completed = await on.client.next(NAMES.completed);
  expect(completed).toMatchObject({ status: '1', json: { code: '1', data: { transaction_total: '8.1' } } });
  expect(on.client.heard[0]?.raw).toContain('"ack_status":"1"');
});

test('duplicate: each frame n times', async () => {
  const on = await stage({ faults: [{ name: 'duplicate', frames: 'pushes', n: 3 }] });
  await shop(on, ['1001']);
  await on.client.until(() => on.client.heard.filter(({ name }) => name === NAMES.completed)[2]);
  expect(on.client.names().slice(2)).toEqual(
    [NAMES.taken, NAMES.closed, NAMES.completed].flatMap((name) => [name, name, name]),
  );
});

test('duplicate: copies that come after the session has ended', async () => {
  const on = await stage({ faults: [{ name: 'duplicate', frames: 'taken', ms: 40 }] });
  await shop(on, ['1001']);
  await on.client.until(() => on.client.heard.filter(({ name }) => name === NAMES.taken)[1]);
  expect(on.client.names().slice(2)).toEqual([NAMES.taken, NAMES.closed, NAMES.completed, NAMES.taken]);
});

test('reorder: all pushes come, in another order, and the same one for the same seed', async () => {
  const order = async (seed: number) => {
    const on = await stage({ seed, faults: [{ name: 'reorder' }] });
    await shop(on, ['1001', '1002', '1003']);
    await on.client.until(() => (on.client.names().length === 7 ? true : undefined));
    return on.client.heard
      .filter(({ ack }) => !ack)
      .slice(2)
      .map(({ name, json }) => `${name} ${json.list?.length ?? ''}`);
  };
  const honest = [1, 2, 3].map((n) => `${NAMES.taken} ${n}`).concat(`${NAMES.closed} `, `${NAMES.completed} `);
  const first = await order(3);
  expect(first).not.toEqual(honest);
  expect([...first].sort()).toEqual([...honest].sort());
  expect(await order(3)).toEqual(first);
});

test('reorder: pushes without a completion are let go in time', async () => {
  const on = await stage({ faults: [{ name: 'reorder', ms: 20 }] });
  await on.client.open('M1');
  on.simulator.customer('M1').take('1001');
  on.simulator.customer('M1').take('1002');
  expect((await on.client.next(NAMES.taken)).json.list).toHaveLength(2);
  expect((await on.client.next(NAMES.taken)).json.list).toHaveLength(1);
});

test('silence: the frame is never sent, though the door opens', async () => {
  const { simulator, client } = await stage({ faults: [{ name: 'silence', frames: 'door-result' }] });
  client.send('request', 'M1');
  const { json } = await client.next(NAMES.begun);
  client.send('door', 'M1', { session: json.data?.session });
  await simulator.until('M1', 'open');
  await client.roundTrip('M2');
  expect(client.names()).toEqual([NAMES.begun, 'check_machine_state_success']);
});

test('delay: what comes behind waits too, unless it may overtake', async () => {
  for (const overtake of [false, true]) {
    const on = await stage({ faults: [{ name: 'delay', frames: 'taken', ms: [40, 60], overtake }] });
    const begun = Date.now();
    await shop(on, ['1001']);
    await on.client.until(() => on.client.names()[4] && true);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(35);
    const order = [NAMES.taken, NAMES.closed, NAMES.completed];
    expect(on.client.names().slice(2)).toEqual(overtake ? [NAMES.closed, NAMES.completed, NAMES.taken] : order);
  }
});

test('delay: a frame still waiting when the line breaks waits for the next', async () => {
  const on = await stage({ faults: [{ name: 'delay', frames: 'pushes', ms: 30_000 }] });
  await shop(on, ['1001']);
  on.simulator.cut('terminate');
  on.simulator.clearFaults();
  const second = await on.connect();
  second.send('check', 'M1');
  await second.next(NAMES.completed);
  expect(second.names()).toEqual(['check_machine_state_success', NAMES.taken, NAMES.closed, NAMES.completed]);
});
