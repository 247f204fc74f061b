import { NAMES, type Client } from '../testing/client';
import { stage, type Stage } from '../testing/stage';

/** Everything that comes on a new line after a check of M1. */
async function afterwards({ connect }: Stage, wanted: string): Promise<(string | undefined)[]> {
  const client = await connect();
  client.send('check', 'M1');
  await client.next(wanted);
  return client.names();
}

async function beginThenOpen(client: Client): Promise<void> {
  client.send('request', 'M1');
  const { json } = await client.next(NAMES.begun);
  client.send('door', 'M1', { session: json.data?.session });
}

test('at a check: cut before, nothing is heard; cut after, the acknowledgement is', async () => {
  for (const [when, heard] of [['before', 0] as const, ['after', 1] as const]) {
    const { client } = await stage({ faults: [{ name: 'cut', at: 'check', when }] });
    client.send('check', 'M1');
    await client.closed;
    expect(client.heard).toHaveLength(heard);
  }
});

test('at a request, before: the machine never hears of it', async () => {
  const { simulator, client } = await stage({ faults: [{ name: 'cut', at: 'request', when: 'before' }] });
  client.send('request', 'M1');
  await client.closed;
  expect(simulator.machine('M1').state).toBe('free');
});

test('at a request, after: the session lives and its begun waits', async () => {
  const on = await stage({ faults: [{ name: 'cut', at: 'request' }] });
  on.client.send('request', 'M1');
  await on.client.closed;
  expect(on.client.names()).toEqual([]);
  expect(on.simulator.machine('M1').state).toBe('requested');
  expect(await afterwards(on, NAMES.begun)).toEqual(['check_machine_state_error', NAMES.begun]);
});

test('at the door, before: it stays locked although the command was sent', async () => {
  const { simulator, client } = await stage({ faults: [{ name: 'cut', at: 'door', when: 'before' }] });
  await beginThenOpen(client);
  await client.closed;
  expect(simulator.machine('M1')).toMatchObject({ state: 'requested', doorCommands: 1, doorOpenings: 0 });
});

test('at the door, after: it is open, and the result waits', async () => {
  const on = await stage({ faults: [{ name: 'cut', at: 'door' }] });
  await beginThenOpen(on.client);
  await on.client.closed;
  expect(on.client.names()).toEqual([NAMES.begun]);
  expect(on.simulator.machine('M1').state).toBe('open');
  expect(await afterwards(on, NAMES.opened)).toEqual(['check_machine_state_error', NAMES.opened]);
});

test('at begun and at the result of the door: cut as soon as they are out', async () => {
  const first = await stage({ faults: [{ name: 'cut', at: 'begun' }] });
  first.client.send('request', 'M1');
  await first.client.closed;
  expect(first.client.names()).toEqual([NAMES.begun]);
  const second = await stage({ faults: [{ name: 'cut', at: 'door-result' }] });
  await beginThenOpen(second.client);
  await second.client.closed;
  expect(second.client.names()).toEqual([NAMES.begun, NAMES.opened]);
});

test('while open: a moment later', async () => {
  const { client } = await stage({ faults: [{ name: 'cut', at: 'open', ms: 40 }] });
  await client.open('M1');
  const opened = Date.now();
  await client.closed;
  expect(Date.now() - opened).toBeGreaterThanOrEqual(30);
});

test.each([
  ['taken', 'before', [NAMES.taken, NAMES.closed, NAMES.completed]],
  ['taken', 'after', [NAMES.closed, NAMES.completed]],
  ['closed', 'before', [NAMES.closed, NAMES.completed]],
  ['closed', 'after', [NAMES.completed]],
  ['completed', 'before', [NAMES.completed]],
] as const)('at %s, %s: the customer goes on, and what is missing comes later', async (at, when, missing) => {
  const on = await stage({ faults: [{ name: 'cut', at, when, times: 1 }] });
  await on.client.open('M1');
  const customer = on.simulator.customer('M1');
  customer.take('1001');
  customer.close();
  await on.client.closed;
  expect(await afterwards(on, NAMES.completed)).toEqual(['check_machine_state_success', ...missing]);
});

test.each([
  ['close', 1001],
  ['terminate', 1006],
] as const)('mode %s closes with %i', async (mode, code) => {
  const { client } = await stage({ faults: [{ name: 'cut', at: 'open', mode }] });
  await client.open('M1');
  expect(await client.closed).toBe(code);
});

test('mode half-open leaves a socket that says nothing more', async () => {
  const { simulator, client } = await stage({ faults: [{ name: 'cut', at: 'open', mode: 'half-open' }] });
  await client.open('M1');
  simulator.customer('M1').take('1001');
  client.send('check', 'M2');
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect(client.isClosed).toBe(false);
  expect(client.names()).toEqual([NAMES.begun, NAMES.opened]);
});
