import { startFakeSlack, type FakeSlack } from '../fakes/slack';
import { startFakeWebhookTarget, type FakeWebhookTarget } from '../fakes/webhook-target';
import { createSweep } from '../../src/plugins/alerts/server/src/core/incidents/handlers';
import { readSettings } from '../../src/plugins/alerts/server/src/core/settings';
import { replayWebhooks } from '../../src/plugins/alerts/server/src/core/webhooks/replay';
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

jest.setTimeout(30_000);

const SECRET = 'a-webhook-secret-of-tests';
let slack: FakeSlack;
let room: Room;
let url: string;

beforeEach(async () => {
  slack = await startFakeSlack();
  url = await freshDatabase();
});
afterEach(async () => {
  await stopRooms();
  await slack.close();
});

const settings = readSettings({ slack: { token: 't', channel: 'C1' }, webhook: null, production: false });
const withSlack = (settings: Record<string, unknown> = {}, rest: RoomOptions = {}) =>
  openRoom(url, {
    ...rest,
    settings: {
      slack: { token: 'xoxb-fake-token', channel: 'C1', apiUrl: slack.url },
      windowSeconds: 600,
      ...settings,
    },
  });

describe('an incident', () => {
  it('is opened, linked and told to Slack at once', async () => {
    room = await withSlack();
    await aMachine(room.database, 'machine-1', 'Fridge <Lobby>');
    await aPurchase(room.database, 'purchase-1', { machine: 'machine-1' });
    await room.send(
      room.notifier.raise(anAlert({ transactionId: 'purchase-1', vendorMessage: 'Door <!channel> jammed' })),
    );
    await eventually(() => slack.messages.length === 1);
    await waitForIdle(room.database);

    const [incident] = await incidentsIn(room.database);
    expect(incident).toMatchObject({
      cause: 'request_error',
      state: 'open',
      count: 1,
      reported_count: 1,
      delivery: 'sent',
      active_key: 'machine-1:request_error',
      slack_ts: slack.messages[0]?.ts,
    });
    const shown = slack.messages[0]?.shown ?? '';
    expect(shown).toContain('Fridge &lt;Lobby&gt;');
    expect(shown).toContain('customer-7');
    expect(shown).not.toContain('<!channel>');
    const panel = 'https://larder.example/admin/content-manager/collection-types';
    expect(shown).toContain(`<${panel}/api::machine.machine/machine-1|Machine>`);
    expect(shown).toContain(`<${panel}/api::transaction.transaction/purchase-1|Transaction>`);
    expect(shown).toContain(`<${panel}/api::incident.incident/${incident?.document_id}|Incident>`);
  });

  it('counts the same occurrence once, also when its job runs twice', async () => {
    room = await withSlack();
    await aMachine(room.database, 'machine-1');
    const alert = anAlert({ occurrence: 'the-same' });
    await room.send(room.notifier.raise(alert), room.notifier.raise(alert));
    await waitForIdle(room.database);
    await room.send(room.notifier.raise(alert));
    await waitForIdle(room.database);
    expect(await incidentsIn(room.database)).toMatchObject([{ count: 1 }]);
    expect(slack.messages).toHaveLength(1);
  });

  it('takes 40 alerts of two instances together as one message when the window ends', async () => {
    room = await withSlack({ windowSeconds: 2 });
    const other = await withSlack({ windowSeconds: 2 });
    await aMachine(room.database, 'machine-1');
    for (let at = 0; at < 40; at++) await aPurchase(room.database, `purchase-${at}`, { machine: 'machine-1' });
    await room.send(room.notifier.raise(anAlert()));
    await eventually(() => slack.messages.length === 1);
    const jobs = Array.from({ length: 40 }, (_, at) =>
      room.notifier.raise(anAlert({ transactionId: `purchase-${at}` })),
    );
    await Promise.all([room.send(...jobs.slice(0, 20)), other.send(...jobs.slice(20))]);
    await eventually(() => slack.messages.length === 2);
    await waitForIdle(room.database);

    expect(await incidentsIn(room.database)).toMatchObject([{ count: 41, reported_count: 41, delivery: 'sent' }]);
    expect(slack.messages).toHaveLength(2);
    expect(slack.messages[1]?.shown).toContain('*Count* 41 (40 since the last message)');
    expect(await room.database.rows(`select 1 from incidents_transaction_lnk`)).toHaveLength(1);
    expect(await room.database.rows(`select 1 from incidents_machine_lnk`)).toHaveLength(1);
    expect(await room.database.rows(`select 1 from larder.incident_transactions`)).toHaveLength(40);
  });

  it('does not repeat itself within the window, and has one job waiting for its end', async () => {
    room = await withSlack();
    await aMachine(room.database, 'machine-1');
    await room.send(room.notifier.raise(anAlert()));
    await eventually(() => slack.messages.length === 1);
    await waitForIdle(room.database);
    for (let at = 0; at < 5; at++) await room.send(room.notifier.raise(anAlert()));
    await eventually(async () => (await incidentsIn(room.database))[0]?.count === 6);
    const waiting = await room.database.rows<{ seconds: number }>(
      `select extract(epoch from start_after - now())::int as seconds from pgboss.job
       where name = 'alerts.post' and state = 'created'`,
    );
    expect(waiting).toHaveLength(1);
    expect(waiting[0]?.seconds).toBeGreaterThan(580);
    expect(await incidentsIn(room.database)).toMatchObject([{ reported_count: 1, delivery: 'pending' }]);
    expect(slack.messages).toHaveLength(1);
  });

  it('keeps the highest severity, the latest words and the latest purchase', async () => {
    room = await withSlack();
    await aMachine(room.database, 'machine-1');
    await aPurchase(room.database, 'purchase-1');
    await aPurchase(room.database, 'purchase-2');
    await room.send(
      room.notifier.raise(anAlert({ severity: 'urgent', message: 'First.', transactionId: 'purchase-1' })),
    );
    await waitForIdle(room.database);
    await room.send(
      room.notifier.raise(anAlert({ severity: 'notice', message: 'Second.', transactionId: 'purchase-2' })),
    );
    const [incident] = await eventually(async () => {
      const rows = await incidentsIn(room.database);
      return rows[0]?.count === 2 && rows;
    });
    expect(incident).toMatchObject({ severity: 'urgent', message: 'Second.' });
    const links = await room.database.rows(
      `select t.document_id from incidents_transaction_lnk l join transactions t on t.id = l.transaction_id`,
    );
    expect(links).toEqual([{ document_id: 'purchase-2' }]);
  });

  it('is one for each machine and cause', async () => {
    room = await withSlack();
    await room.send(
      room.notifier.raise(anAlert({ machineId: 'machine-1' })),
      room.notifier.raise(anAlert({ machineId: 'machine-2' })),
      room.notifier.raise(anAlert({ machineId: 'machine-2', cause: 'total_mismatch' })),
      room.notifier.raise(anAlert({ machineId: null, cause: 'gateway_down' })),
    );
    await eventually(() => slack.messages.length === 4);
    expect((await incidentsIn(room.database)).map(({ active_key }) => active_key).sort()).toEqual([
      'machine-1:request_error',
      'machine-2:request_error',
      'machine-2:total_mismatch',
      'none:gateway_down',
    ]);
  });

  it('is kept without Slack', async () => {
    room = await openRoom(url);
    await room.send(room.notifier.raise(anAlert()));
    await waitForIdle(room.database);
    expect(await incidentsIn(room.database)).toMatchObject([{ delivery: 'off', count: 1 }]);
    expect(await room.database.rows(`select 1 from pgboss.job where name = 'alerts.post'`)).toHaveLength(0);
  });

  it('carries no secret and no address, in the database or in Slack', async () => {
    room = await withSlack();
    const secrets = ['sk_live_4eC39HqLyjWDarjtT1zdp7dc', 'ann@example.com', '4242 4242 4242 4242', 'hunter2secret'];
    const vendorMessage = `key sk_live_4eC39HqLyjWDarjtT1zdp7dc for ann@example.com card 4242 4242 4242 4242 token=hunter2secret`;
    await room.send(room.notifier.raise(anAlert({ vendorMessage, message: vendorMessage })));
    await eventually(() => slack.messages.length === 1);
    const stored = await room.database.rows(
      `select string_agg(t, ' ') as t from (
         select data::text t from pgboss.job union all select i::text from incidents i
         union all select p::text from larder.incident_posts p) everything`,
    );
    const everywhere = JSON.stringify([stored, slack.messages]);
    for (const secret of secrets) expect(everywhere).not.toContain(secret);
  });
});

describe('the end of an incident', () => {
  const age = (interval: string) =>
    room.database.rows(
      `update incidents set last_at = last_at - $1::interval, updated_at = updated_at - $1::interval`,
      [interval],
    );
  const states = async () => (await incidentsIn(room.database)).map(({ state }) => state);
  const raised = async (...alerts: Parameters<typeof anAlert>[0][]) => {
    await room.send(...alerts.map((alert) => room.notifier.raise(anAlert(alert))));
    await waitForIdle(room.database);
  };

  it('of gateway_down is somebody saying so, and the next one is a new incident', async () => {
    room = await withSlack();
    await raised({ cause: 'gateway_down', severity: 'urgent', machineId: null });
    expect(slack.messages[0]?.shown).toContain('<!channel>');
    await age('1 day');
    await room.sweep();
    expect(await states()).toEqual(['open']);
    await room.send(room.notifier.resolve('gateway_down', null));
    await eventually(() => slack.messages.length === 2);
    expect(slack.messages[1]?.shown).toContain('Resolved: Vendron cannot be reached');
    expect(slack.messages[1]?.shown).not.toContain('<!channel>');
    await room.send(room.notifier.resolve('gateway_down', null));
    await raised({ cause: 'gateway_down', severity: 'urgent', machineId: null });
    await eventually(() => slack.messages.length === 3);
    expect(await states()).toEqual(['resolved', 'open']);
  });

  it('does not end what was raised after it, whichever is handled first', async () => {
    room = await withSlack({}, { isIdle: true });
    await room.send(room.notifier.resolve('gateway_down', null));
    await room.database.rows(`update pgboss.job set start_after = now() + interval '2 seconds'`);
    await room.send(room.notifier.raise(anAlert({ cause: 'gateway_down', machineId: null })));
    room.queue.start();
    await eventually(() => slack.messages.length === 1);
    await waitForIdle(room.database);
    expect(await states()).toEqual(['open']);
  });

  it('does not overtake an alert that was sent before it', async () => {
    room = await withSlack({}, { isIdle: true });
    await room.send(room.notifier.raise(anAlert({ cause: 'gateway_down', machineId: null })));
    // The alert waits for a retry while the resolution is handled.
    await room.database.rows(
      `update pgboss.job set start_after = now() + interval '2 seconds' where name = 'alerts.raise'`,
    );
    await room.send(room.notifier.resolve('gateway_down', null));
    room.queue.start();
    await eventually(async () => (await states())[0] === 'resolved', 15_000);
    await eventually(() => slack.messages.length === 2);
  });

  it('of purchase_review is the last of its purchases being decided', async () => {
    room = await withSlack();
    await aMachine(room.database, 'machine-1');
    await aPurchase(room.database, 'purchase-1', { machine: 'machine-1' });
    await aPurchase(room.database, 'purchase-2', { machine: 'machine-1' });
    await raised({ cause: 'purchase_review', transactionId: 'purchase-1' });
    await room.send(room.notifier.raise(anAlert({ cause: 'purchase_review', transactionId: 'purchase-2' })));
    await eventually(async () => (await incidentsIn(room.database))[0]?.count === 2);
    await age('1 day');
    await room.database.rows(`update transactions set state = 'completed' where document_id = 'purchase-2'`);
    await room.sweep();
    expect(await states()).toEqual(['open']);
    await room.database.rows(`update transactions set state = 'completed' where document_id = 'purchase-1'`);
    await room.sweep();
    expect(await states()).toEqual(['resolved']);
    await eventually(() => slack.messages.some(({ shown }) => shown.includes('Resolved')));
  });

  it('of a refusal is a later purchase that opened the same machine', async () => {
    room = await withSlack();
    await aMachine(room.database, 'machine-1');
    await aMachine(room.database, 'machine-2');
    await raised({ cause: 'subscription_expired', machineId: 'machine-1' });
    await age('1 day');
    await aPurchase(room.database, 'before', { machine: 'machine-1', openedAt: '-2 days' });
    await aPurchase(room.database, 'elsewhere', { machine: 'machine-2', openedAt: '0 s' });
    await aPurchase(room.database, 'never-opened', { machine: 'machine-1' });
    await room.sweep();
    expect(await states()).toEqual(['open']);
    await aPurchase(room.database, 'after', { machine: 'machine-1', openedAt: '0 s' });
    await room.sweep();
    expect(await states()).toEqual(['resolved']);
  });

  it('is told also where it was seen while a job for the incident was under way', async () => {
    room = await withSlack();
    await raised({ cause: 'total_mismatch' });
    await eventually(() => slack.messages.length === 1);
    await room.stopWorkers();
    await age('1 hour');
    const next = await withSlack({}, { isIdle: true });
    const [incident] = await incidentsIn(next.database);
    await next.send({ queue: 'alerts.post', data: { incidentId: incident?.id }, singletonKey: String(incident?.id) });
    await next.database.transaction(async (sql) => {
      // It finds a job that waits, so it sends none; and commits when that job has seen that nothing is new.
      const inside = {
        ...next.database,
        transaction: <Result>(work: (on: typeof sql) => Promise<Result>) => work(sql),
      };
      await createSweep({ database: inside, queue: next.queue, settings })();
      next.queue.start();
      await eventually(async () => {
        const [job] = await next.database.rows<{ is_over: boolean }>(
          `select exists (select from pgboss.job where name = 'alerts.post' and state = 'created') is false
             and (exists (select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database())
               or not exists (select from pgboss.job where name = 'alerts.post' and state < 'completed')) as is_over`,
        );
        return job?.is_over;
      });
    });
    await eventually(() => slack.messages.length === 2);
    expect(slack.messages[1]?.shown).toContain('Resolved');
  });

  it('of anything else is a quiet window', async () => {
    room = await withSlack();
    await raised({ cause: 'total_mismatch' }, { cause: 'webhook_failed', machineId: null });
    await age('9 minutes');
    await room.sweep();
    expect(await states()).toEqual(['open', 'open']);
    await age('2 minutes');
    await room.sweep();
    expect(await states()).toEqual(['resolved', 'resolved']);
    await eventually(() => slack.messages.length === 4);
  });
});

describe('webhooks', () => {
  let target: FakeWebhookTarget;
  beforeEach(async () => {
    target = await startFakeWebhookTarget(SECRET);
    room = await openRoom(url, { settings: { webhook: { url: target.url, secret: SECRET } } });
  });
  afterEach(() => target.close());

  it('tell a finished purchase, signed', async () => {
    await aMachine(room.database, 'machine-1', 'Lobby');
    await aPurchase(room.database, 'purchase-1', { machine: 'machine-1', state: 'completed', openedAt: '0 s' });
    await room.database.rows(`
      with customer as (insert into up_users (customer_id, email) values ('customer-7', 'ann@example.com') returning id),
        link as (insert into transactions_user_lnk (transaction_id, user_id) select t.id, c.id from transactions t, customer c),
        line as (insert into transaction_lines (sku, name, kind, quantity, unit_amount, amount)
          values ('salad', 'Green salad', 'theft', 2, 420, 840) returning id)
      insert into transaction_lines_transaction_lnk (line_id, transaction_id) select line.id, t.id from line, transactions t`);
    await room.database.transaction((sql) =>
      room.queue.send(sql, room.finished({ transactionId: 'purchase-1', state: 'completed' })),
    );
    const [received] = await eventually(() => target.received.length > 0 && target.received);
    expect(received?.signature.kind).toBe('valid');
    expect(JSON.parse(received?.body ?? '')).toEqual({
      id: 'purchase-1-completed',
      type: 'purchase.completed',
      createdAt: expect.stringMatching(/Z$/),
      data: {
        id: 'purchase-1',
        ref: 'ref-purchase-1',
        state: 'completed',
        machine: { id: 'machine-1', vendorId: 'machine-1-uid', label: 'Lobby' },
        customerId: 'customer-7',
        currency: 'EUR',
        authorizedAmount: 2500,
        totalAmount: 840,
        capturedAmount: null,
        lines: [{ sku: 'salad', name: 'Green salad', kind: 'theft', quantity: 2, unitAmount: 420, amount: 840 }],
        requestedAt: null,
        openedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        closedAt: null,
        completedAt: null,
      },
    });
    await waitForIdle(room.database);
  });

  it('are not sent where none is set up, nor for a purchase whose transaction is rolled back', async () => {
    const unset = await openRoom(await freshDatabase());
    expect(unset.finished({ transactionId: 'purchase-1', state: 'empty' })).toEqual([]);
    const undone = room.database.transaction(async (sql) => {
      await room.queue.send(sql, room.finished({ transactionId: 'purchase-1', state: 'empty' }));
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await room.database.rows(`select 1 from pgboss.job where name = 'alerts.webhook'`)).toHaveLength(0);
  });

  it('that arrived are sent again by id, and not by --all', async () => {
    await aPurchase(room.database, 'purchase-1', { state: 'empty' });
    await room.send(...room.finished({ transactionId: 'purchase-1', state: 'empty' }));
    await eventually(() => target.received.length === 1);
    await waitForIdle(room.database);
    expect(await replayWebhooks(room.database, room.queue, null)).toEqual([]);
    expect(await replayWebhooks(room.database, room.queue, 'unknown')).toEqual([]);
    expect(await replayWebhooks(room.database, room.queue, 'purchase-1-empty')).toEqual(['purchase-1-empty']);
    await eventually(() => target.received.length === 2);
    await waitForIdle(room.database);
    expect(target.received[1]?.body).toBe(target.received[0]?.body);
  });
});
