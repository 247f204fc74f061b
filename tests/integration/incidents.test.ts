/** What makes an incident, what counts into it, and what Slack is told of it. */
import {
  aMachine,
  aPurchase,
  anAlert,
  eventually,
  incidentsIn,
  openRoom,
  waitForIdle,
  type Room,
} from '../support/alerts-room';
import { setUpSlack } from '../support/alerts-slack';

jest.setTimeout(30_000);

const stage = setUpSlack();
let room: Room;

describe('an incident', () => {
  it('is opened, linked and told to Slack at once', async () => {
    room = await stage.withSlack();
    await aMachine(room.database, 'machine-1', 'Fridge <Lobby>');
    await aPurchase(room.database, 'purchase-1', { machine: 'machine-1' });
    await room.send(
      room.notifier.raise(anAlert({ transactionId: 'purchase-1', vendorMessage: 'Door <!channel> jammed' })),
    );
    await eventually(() => stage.slack.messages.length === 1);
    await waitForIdle(room.database);

    const [incident] = await incidentsIn(room.database);
    expect(incident).toMatchObject({
      cause: 'request_error',
      state: 'open',
      count: 1,
      reported_count: 1,
      delivery: 'sent',
      active_key: 'machine-1:request_error',
      slack_ts: stage.slack.messages[0]?.ts,
    });
    const shown = stage.slack.messages[0]?.shown ?? '';
    expect(shown).toContain('Fridge &lt;Lobby&gt;');
    expect(shown).toContain('customer-7');
    expect(shown).not.toContain('<!channel>');
    const panel = 'https://larder.example/admin/content-manager/collection-types';
    expect(shown).toContain(`<${panel}/api::machine.machine/machine-1|Machine>`);
    expect(shown).toContain(`<${panel}/api::transaction.transaction/purchase-1|Transaction>`);
    expect(shown).toContain(`<${panel}/api::incident.incident/${incident?.document_id}|Incident>`);
  });

  it('counts the same occurrence once, also when its job runs twice', async () => {
    room = await stage.withSlack();
    await aMachine(room.database, 'machine-1');
    const alert = anAlert({ occurrence: 'the-same' });
    await room.send(room.notifier.raise(alert), room.notifier.raise(alert));
    await waitForIdle(room.database);
    await room.send(room.notifier.raise(alert));
    await waitForIdle(room.database);
    expect(await incidentsIn(room.database)).toMatchObject([{ count: 1 }]);
    expect(stage.slack.messages).toHaveLength(1);
  });

  it('takes 40 alerts of two instances together as one message when the window ends', async () => {
    room = await stage.withSlack({ windowSeconds: 2 });
    const other = await stage.withSlack({ windowSeconds: 2 });
    await aMachine(room.database, 'machine-1');
    for (let at = 0; at < 40; at++) await aPurchase(room.database, `purchase-${at}`, { machine: 'machine-1' });
    await room.send(room.notifier.raise(anAlert()));
    await eventually(() => stage.slack.messages.length === 1);
    const jobs = Array.from({ length: 40 }, (_, at) =>
      room.notifier.raise(anAlert({ transactionId: `purchase-${at}` })),
    );
    await Promise.all([room.send(...jobs.slice(0, 20)), other.send(...jobs.slice(20))]);
    await eventually(() => stage.slack.messages.length === 2);
    await waitForIdle(room.database);

    expect(await incidentsIn(room.database)).toMatchObject([{ count: 41, reported_count: 41, delivery: 'sent' }]);
    expect(stage.slack.messages).toHaveLength(2);
    expect(stage.slack.messages[1]?.shown).toContain('*Count* 41 (40 since the last message)');
    expect(await room.database.rows(`select 1 from incidents_transaction_lnk`)).toHaveLength(1);
    expect(await room.database.rows(`select 1 from incidents_machine_lnk`)).toHaveLength(1);
    expect(await room.database.rows(`select 1 from larder.incident_transactions`)).toHaveLength(40);
  });

  it('does not repeat itself within the window, and has one job waiting for its end', async () => {
    room = await stage.withSlack();
    await aMachine(room.database, 'machine-1');
    await room.send(room.notifier.raise(anAlert()));
    await eventually(() => stage.slack.messages.length === 1);
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
    expect(stage.slack.messages).toHaveLength(1);
  });

  it('keeps the highest severity, the latest words and the latest purchase', async () => {
    room = await stage.withSlack();
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
    room = await stage.withSlack();
    await room.send(
      room.notifier.raise(anAlert({ machineId: 'machine-1' })),
      room.notifier.raise(anAlert({ machineId: 'machine-2' })),
      room.notifier.raise(anAlert({ machineId: 'machine-2', cause: 'total_mismatch' })),
      room.notifier.raise(anAlert({ machineId: null, cause: 'gateway_down' })),
    );
    await eventually(() => stage.slack.messages.length === 4);
    expect((await incidentsIn(room.database)).map(({ active_key }) => active_key).sort()).toEqual([
      'machine-1:request_error',
      'machine-2:request_error',
      'machine-2:total_mismatch',
      'none:gateway_down',
    ]);
  });

  it('is kept without Slack', async () => {
    room = await openRoom(stage.url);
    await room.send(room.notifier.raise(anAlert()));
    await waitForIdle(room.database);
    expect(await incidentsIn(room.database)).toMatchObject([{ delivery: 'off', count: 1 }]);
    expect(await room.database.rows(`select 1 from pgboss.job where name = 'alerts.post'`)).toHaveLength(0);
  });

  it('carries no secret and no address, in the database or in Slack', async () => {
    room = await stage.withSlack();
    const secrets = ['sk_live_4eC39HqLyjWDarjtT1zdp7dc', 'ann@example.com', '4242 4242 4242 4242', 'hunter2secret'];
    const vendorMessage = `key sk_live_4eC39HqLyjWDarjtT1zdp7dc for ann@example.com card 4242 4242 4242 4242 token=hunter2secret`;
    await room.send(room.notifier.raise(anAlert({ vendorMessage, message: vendorMessage })));
    await eventually(() => stage.slack.messages.length === 1);
    const stored = await room.database.rows(
      `select string_agg(t, ' ') as t from (
         select data::text t from pgboss.job union all select i::text from incidents i
         union all select p::text from larder.incident_posts p) everything`,
    );
    const everywhere = JSON.stringify([stored, stage.slack.messages]);
    for (const secret of secrets) expect(everywhere).not.toContain(secret);
  });
});
