/** S7: Slack is slow, refuses or is silent. S8: so is the target of the webhooks, or it lures us to a private address. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { startFakeSlack, type FakeSlack, type SlackFault } from '../fakes/slack';
import { startFakeWebhookTarget, type FakeWebhookTarget } from '../fakes/webhook-target';
import {
  aMachine,
  aPurchase,
  anAlert,
  eventually,
  freshDatabase,
  incidentsIn,
  openRoom,
  stopRooms,
  waitForIdle,
  type Room,
  type RoomOptions,
} from '../support/alerts-room';

jest.setTimeout(40_000);

const SECRET = 'a-webhook-secret-of-tests';
const SOON = { limit: 6, delaySeconds: 1 };
const NEVER = { limit: 0, delaySeconds: 1 };
let room: Room;
let url: string;

beforeEach(async () => {
  url = await freshDatabase();
});
afterEach(stopRooms);

describe('S7: Slack', () => {
  let slack: FakeSlack;
  beforeEach(async () => {
    slack = await startFakeSlack();
  });
  afterEach(() => slack.close());

  const withSlack = (rest: RoomOptions = {}) =>
    openRoom(url, {
      slackRetries: SOON,
      ...rest,
      settings: {
        slack: { token: 'xoxb-fake-token', channel: 'C1', apiUrl: slack.url, timeoutMs: 200 },
        ...rest.settings,
      },
    });

  it.each<[string, SlackFault]>([
    ['an error', { kind: 'server_error' }],
    ['silence', { kind: 'silence' }],
  ])('answers with %s: the news arrives later, once, with what happened meanwhile', async (_name, fault) => {
    room = await withSlack();
    slack.fail(fault, 2);
    await room.send(room.notifier.raise(anAlert()));
    await eventually(() => slack.requests.length === 1);
    await room.send(room.notifier.raise(anAlert()), room.notifier.raise(anAlert()));
    await eventually(() => slack.messages.length === 1);
    await waitForIdle(room.database);
    expect(slack.requests).toHaveLength(3);
    expect(slack.messages[0]?.shown).toContain('*Count* 3');
    expect(await incidentsIn(room.database)).toMatchObject([{ count: 3, reported_count: 3, delivery: 'sent' }]);
  });

  it('takes a message and its answer is lost: it is posted once more, rather than never, and counted once', async () => {
    room = await withSlack();
    slack.fail({ kind: 'lost_answer' }, 1);
    await room.send(room.notifier.raise(anAlert()));
    await eventually(() => slack.messages.length === 2);
    await waitForIdle(room.database);
    expect(slack.messages).toHaveLength(2);
    expect(await incidentsIn(room.database)).toMatchObject([{ count: 1, reported_count: 1, delivery: 'sent' }]);
  });

  it('asks for rest (429): nothing is sent before it is over', async () => {
    room = await withSlack();
    slack.fail({ kind: 'rate_limited', retryAfter: 3 }, 1);
    await room.send(
      ...['machine-1', 'machine-2', 'machine-3'].map((machineId) => room.notifier.raise(anAlert({ machineId }))),
    );
    await eventually(() => slack.messages.length === 3, 20_000);
    const [first = 0, second = 0] = slack.requests;
    expect(second - first).toBeGreaterThanOrEqual(2900);
    expect(slack.requests).toHaveLength(4);
  });

  it.each<[string, SlackFault]>([
    ['is silent', { kind: 'silence' }],
    ['does not accept the token', { kind: 'invalid_auth' }],
  ])('%s to the last: the inbox shows it, and the next alert tries anew', async (_name, fault) => {
    room = await withSlack({ slackRetries: NEVER });
    slack.fail(fault);
    await room.send(room.notifier.raise(anAlert()));
    await eventually(async () => (await incidentsIn(room.database))[0]?.delivery === 'failed');
    expect(slack.messages).toHaveLength(0);
    slack.recover();
    await room.send(room.notifier.raise(anAlert()));
    await eventually(() => slack.messages.length === 1);
    await waitForIdle(room.database);
    expect(slack.messages[0]?.shown).toContain('*Count* 2');
    expect(await incidentsIn(room.database)).toMatchObject([{ count: 2, delivery: 'sent' }]);
  });

  it('is left alone after five failures in a row', async () => {
    room = await withSlack({ slackRetries: NEVER });
    slack.fail({ kind: 'server_error' });
    const machines = Array.from({ length: 9 }, (_, at) => `machine-${at}`);
    await room.send(...machines.map((machineId) => room.notifier.raise(anAlert({ machineId }))));
    await eventually(
      async () => (await incidentsIn(room.database)).filter(({ delivery }) => delivery === 'failed').length === 9,
    );
    expect(slack.requests).toHaveLength(5);
  });

  it('never delays a purchase: raising is one insert, whatever Slack does', async () => {
    room = await withSlack({
      settings: { slack: { token: 't', channel: 'C1', apiUrl: slack.url, timeoutMs: 10_000 } },
    });
    slack.fail({ kind: 'silence' });
    await room.send(room.notifier.raise(anAlert({ machineId: 'machine-0' })));
    await eventually(() => slack.requests.length === 1);
    const began = Date.now();
    for (let at = 0; at < 50; at++) {
      await room.database.transaction(async (sql) => {
        await room.queue.send(sql, [room.notifier.raise(anAlert({ machineId: 'machine-0' }))]);
      });
    }
    expect(Date.now() - began).toBeLessThan(2000);
    // The alerts are counted while the worker that talks to Slack still waits.
    await eventually(async () => (await incidentsIn(room.database))[0]?.count === 51);
    expect(slack.messages).toHaveLength(0);
    await slack.close();
  });

  it('hears once from two instances that are given the same job', async () => {
    room = await withSlack({ isIdle: true });
    const other = await withSlack({ isIdle: true });
    await room.send(room.notifier.raise(anAlert()));
    room.queue.start();
    other.queue.start();
    await eventually(() => slack.messages.length === 1);
    const { id } = (await incidentsIn(room.database))[0] ?? {};
    const again = Array.from({ length: 20 }, () => ({ queue: 'alerts.post', data: { incidentId: id } }));
    await room.send(...again);
    await waitForIdle(room.database);
    expect(slack.messages).toHaveLength(1);
  });
});

describe('S8: the target of the webhooks', () => {
  let target: FakeWebhookTarget;
  let inside: FakeWebhookTarget;
  beforeEach(async () => {
    target = await startFakeWebhookTarget(SECRET);
    inside = await startFakeWebhookTarget(SECRET);
  });
  afterEach(() => Promise.all([target.close(), inside.close()]));

  const withTarget = async (rest: RoomOptions = {}, webhook: Record<string, unknown> = {}) => {
    const settings = { webhook: { url: target.url, secret: SECRET, timeoutMs: 200, ...webhook }, ...rest.settings };
    room = await openRoom(url, { webhookRetries: SOON, ...rest, settings });
    await aMachine(room.database, 'machine-1');
    await aPurchase(room.database, 'purchase-1', { machine: 'machine-1', state: 'completed' });
    return room;
  };
  const finish = () => room.send(...room.finished({ transactionId: 'purchase-1', state: 'completed' }));
  const deliveries = () =>
    room.database.rows<{ state: string; attempts: number; last_error: string | null }>(
      `select state, attempts, last_error from larder.webhook_deliveries`,
    );
  const dead = () =>
    eventually(async () => {
      const [delivery] = await deliveries();
      return delivery?.state === 'failed' && delivery;
    });

  it('answers 500, hangs and redirects, then works: each try says the same under a signature of its own', async () => {
    await withTarget();
    target.fail({ kind: 'status', status: 500 }, 1);
    await finish();
    await eventually(() => target.received.length === 1);
    target.fail({ kind: 'hang' }, 1);
    await room.database.rows(`update transactions set total_amount = 1`);
    await eventually(() => target.received.length === 2);
    target.fail({ kind: 'redirect', to: target.url }, 1);
    await eventually(() => target.received.length === 4, 30_000);
    await waitForIdle(room.database);
    expect(new Set(target.received.map(({ body }) => body)).size).toBe(1);
    expect(target.received.every(({ signature }) => signature.kind === 'valid')).toBe(true);
    const gaps = target.received.slice(1).map(({ at }, index) => at - (target.received[index]?.at ?? 0));
    expect(gaps[2]).toBeGreaterThan(gaps[0] ?? 0);
    expect(await deliveries()).toEqual([{ state: 'delivered', attempts: 4, last_error: null }]);
  });

  it('redirects to a private address: it is never asked for', async () => {
    await withTarget({ webhookRetries: NEVER });
    target.fail({ kind: 'redirect', to: inside.url });
    await finish();
    expect(await dead()).toMatchObject({ last_error: 'it answered 307' });
    expect(inside.received).toHaveLength(0);
  });

  it.each([
    ['an address', (port: number) => `http://127.0.0.1:${port}/`],
    ['an address in disguise', (port: number) => `http://2130706433:${port}/`],
    ['an IPv6 address', (port: number) => `http://[::ffff:127.0.0.1]:${port}/`],
    ['a name', (port: number) => `http://localhost:${port}/`],
  ])('is private by %s: in production it is not reached', async (_name, address) => {
    await withTarget({ webhookRetries: NEVER, settings: { production: true } }, { url: address(target.port) });
    await finish();
    expect(await dead()).toMatchObject({ last_error: expect.stringContaining('is not on the public internet') });
    expect(target.received).toHaveLength(0);
  });

  it('never accepts: the delivery is kept, an incident says so, and the command sends it again', async () => {
    await withTarget({ webhookRetries: NEVER });
    target.fail({ kind: 'status', status: 503 });
    await finish();
    expect(await dead()).toEqual({ state: 'failed', attempts: 1, last_error: 'it answered 503' });
    const [incident] = await eventually(async () => {
      const rows = await incidentsIn(room.database);
      return rows.length > 0 && rows;
    });
    expect(incident).toMatchObject({ cause: 'webhook_failed', active_key: 'none:webhook_failed', count: 1 });
    expect(incident?.message).toContain('it answered 503');
    target.recover();
    const { stdout } = await promisify(execFile)(
      path.resolve('node_modules/.bin/tsx'),
      [path.resolve('scripts/replay-webhooks.ts'), '--all'],
      { env: { ...process.env, DATABASE_URL: url } },
    );
    expect(stdout).toContain('To be sent again (1):\npurchase-1-completed');
    await eventually(async () => (await deliveries())[0]?.state === 'delivered');
    expect(target.received[1]?.body).toBe(target.received[0]?.body);
  });
});
