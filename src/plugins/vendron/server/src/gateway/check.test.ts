/** State checks over sockets that do what the test says. */
import { acknowledgement, failure, FakeSockets, listener, optionsOf, success, TOKEN } from './fakes.test.support';
import { createGatewayOver } from './gateway';
import type { Gateway } from './options';

const yes = 'check_machine_state_success';
let gateway: Gateway;
let sockets: FakeSockets;
let heard: ReturnType<typeof optionsOf>['heard'];

const settle = (): Promise<void> => jest.advanceTimersByTimeAsync(0);
const refOf = (socket: number, frame = -1): string => JSON.parse(sockets.at(socket).sent.at(frame) ?? '{}').ref;

beforeEach(async () => {
  jest.useFakeTimers();
  sockets = new FakeSockets();
  const made = optionsOf({ timeoutMs: 1000 });
  heard = made.heard;
  gateway = createGatewayOver(sockets.factory, made.options);
  gateway.start();
  await settle();
});

afterEach(async () => {
  await Promise.all([gateway.stop(0), jest.advanceTimersByTimeAsync(1)]);
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

test('a free machine, with the records of both sides', async () => {
  const check = gateway.checkState('M1');
  await settle();
  sockets.at(0).say(acknowledgement('check_machine_state'));
  sockets.at(0).say(success(yes, { message: 'Machine is available' }));
  const answer = await check;
  expect(answer).toMatchObject({
    kind: 'answered',
    state: 'available',
    refusal: null,
    message: 'Machine is available',
    records: [
      { kind: 'command', outcome: 'sent' },
      { kind: 'acknowledgement' },
      { kind: 'result', outcome: 'success' },
    ],
  });
  expect(JSON.stringify(answer)).not.toContain(TOKEN);
  expect(gateway.metrics().framesIn).toEqual({ 'check_machine_state (acknowledgement)': 1, [yes]: 1 });
});

test('a busy machine', async () => {
  const check = gateway.checkState('M1');
  await settle();
  sockets.at(0).say(failure('check_machine_state_error', '-5', '0'));
  expect(await check).toMatchObject({
    kind: 'answered',
    state: 'busy',
    refusal: { code: 'machine_busy' },
    message: 'No',
  });
});

test('the same connection does one check after another', async () => {
  for (let times = 0; times < 5; times += 1) {
    const check = gateway.checkState('M1');
    await settle();
    sockets.at(0).say(success(yes));
    expect((await check).kind).toBe('answered');
  }
  expect([sockets.all.length, sockets.at(0).sent.length]).toEqual([1, 5]);
});

test('two at once use two connections, and each hears its own', async () => {
  const [one, two] = [gateway.checkState('M1'), gateway.checkState('M2')];
  await settle();
  expect(sockets.all.filter(({ sent }) => sent.length === 1)).toHaveLength(2);
  sockets.at(1).say(failure('check_machine_state_error', -4));
  sockets.at(0).say(success(yes));
  expect(await one).toMatchObject({ state: 'available' });
  expect(await two).toMatchObject({ state: 'offline' });
});

test('frames of another kind are orphans, and the check goes on', async () => {
  const check = gateway.checkState('M1');
  await settle();
  sockets.at(0).say(success('smart_fridge_product_taken', { list: [] }));
  sockets.at(0).say(acknowledgement('smart_fridge_request'));
  sockets.at(0).say('{');
  sockets.at(0).say(success(yes));
  expect(await check).toMatchObject({ state: 'available' });
  expect((await check).records).toHaveLength(2);
  expect(heard.orphans.map(({ kind }) => kind)).toEqual(['basket', 'acknowledged', 'noise']);
});

test('the answer repeated is an orphan: after the check, within the next one, and on a purchase', async () => {
  const first = gateway.checkState('M1');
  await settle();
  const repeated = success(yes, {}, refOf(0));
  sockets.at(0).say(repeated);
  sockets.at(0).say(repeated);
  await first;
  sockets.at(0).say(repeated);
  const second = gateway.checkState('M2');
  await settle();
  sockets.at(0).say(repeated);
  sockets.at(0).say(failure('check_machine_state_error', -5, 0, refOf(0)));
  expect(await second).toMatchObject({ state: 'busy' });
  const line = listener();
  await gateway.takeLine({ ref: 't-1', vendorId: 'M3', onSignal: line.onSignal });
  sockets.at(0).say(repeated);
  expect(line.kinds()).toEqual([]);
  expect(heard.orphans).toHaveLength(4);
});

test('no answer in time: unavailable, and the connection is not used again', async () => {
  const check = gateway.checkState('M1');
  await settle();
  sockets.at(0).say(acknowledgement('check_machine_state'));
  await jest.advanceTimersByTimeAsync(1000);
  expect(await check).toMatchObject({ kind: 'unavailable', reason: 'the cloud did not answer in time' });
  expect((await check).records).toHaveLength(2);
  expect(sockets.at(0).closing).toBe(true);
  sockets.at(0).say(success(yes));
  expect(heard.orphans).toHaveLength(1);
  expect(gateway.metrics()).toMatchObject({ timeouts: 1, orphans: 1 });
});

test('cut while checking: once more, on a new socket', async () => {
  const spare = gateway.checkState('M0');
  const check = gateway.checkState('M1');
  await settle();
  const [first, second] = sockets.all;
  first?.say(success(yes));
  await spare;
  second?.break('ECONNRESET');
  await jest.advanceTimersByTimeAsync(200);
  // The one that did the other check stands by, but may be as dead as the one that broke.
  expect(first?.sent).toHaveLength(1);
  const third = sockets.all.findIndex((socket) => socket !== first && socket !== second && socket.sent.length > 0);
  sockets.at(third).say(success(yes));
  expect(await check).toMatchObject({ kind: 'answered', state: 'available' });
  expect((await check).records.map(({ kind }) => kind)).toEqual(['command', 'command', 'result']);
});

test('cut twice: unavailable', async () => {
  const check = gateway.checkState('M1');
  await settle();
  for (let times = 0; times < 2; times += 1) {
    sockets.all.find((socket) => socket.sent.length > 0 && !socket.ended)?.break('ECONNRESET');
    await jest.advanceTimersByTimeAsync(300);
  }
  expect(await check).toMatchObject({ kind: 'unavailable', reason: 'ECONNRESET' });
  expect(sockets.all.filter(({ sent }) => sent.length > 0)).toHaveLength(2);
});

test('stopped while checking: unavailable', async () => {
  const check = gateway.checkState('M1');
  await settle();
  await Promise.all([gateway.stop(10), jest.advanceTimersByTimeAsync(10)]);
  expect(await check).toMatchObject({ kind: 'unavailable', reason: 'the gateway is stopped' });
});
