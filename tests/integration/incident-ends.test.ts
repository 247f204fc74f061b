/** What ends an incident: somebody says so, a decision, a later purchase, or quiet. */
import { createSweep } from '../../src/plugins/alerts/server/src/core/incidents/handlers';
import { readSettings } from '../../src/plugins/alerts/server/src/core/settings';
import { aMachine, aPurchase, anAlert, eventually, incidentsIn, waitForIdle, type Room } from '../support/alerts-room';
import { setUpSlack } from '../support/alerts-slack';

jest.setTimeout(30_000);

const stage = setUpSlack();
const settings = readSettings({ slack: { token: 't', channel: 'C1' }, webhook: null, production: false });
let room: Room;

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
    room = await stage.withSlack();
    await raised({ cause: 'gateway_down', severity: 'urgent', machineId: null });
    expect(stage.slack.messages[0]?.shown).toContain('<!channel>');
    await age('1 day');
    await room.sweep();
    expect(await states()).toEqual(['open']);
    await room.send(room.notifier.resolve('gateway_down', null));
    await eventually(() => stage.slack.messages.length === 2);
    expect(stage.slack.messages[1]?.shown).toContain('Resolved: Vendron cannot be reached');
    expect(stage.slack.messages[1]?.shown).not.toContain('<!channel>');
    await room.send(room.notifier.resolve('gateway_down', null));
    await raised({ cause: 'gateway_down', severity: 'urgent', machineId: null });
    await eventually(() => stage.slack.messages.length === 3);
    expect(await states()).toEqual(['resolved', 'open']);
  });

  it('does not end what was raised after it, whichever is handled first', async () => {
    room = await stage.withSlack({}, { isIdle: true });
    await room.send(room.notifier.resolve('gateway_down', null));
    await room.database.rows(`update pgboss.job set start_after = now() + interval '2 seconds'`);
    await room.send(room.notifier.raise(anAlert({ cause: 'gateway_down', machineId: null })));
    room.queue.start();
    await eventually(() => stage.slack.messages.length === 1);
    await waitForIdle(room.database);
    expect(await states()).toEqual(['open']);
  });

  it('does not overtake an alert that was sent before it', async () => {
    room = await stage.withSlack({}, { isIdle: true });
    await room.send(room.notifier.raise(anAlert({ cause: 'gateway_down', machineId: null })));
    // The alert waits for a retry while the resolution is handled.
    await room.database.rows(
      `update pgboss.job set start_after = now() + interval '2 seconds' where name = 'alerts.raise'`,
    );
    await room.send(room.notifier.resolve('gateway_down', null));
    room.queue.start();
    await eventually(async () => (await states())[0] === 'resolved', 15_000);
    await eventually(() => stage.slack.messages.length === 2);
  });

  it('of purchase_review is the last of its purchases being decided', async () => {
    room = await stage.withSlack();
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
    await eventually(() => stage.slack.messages.some(({ shown }) => shown.includes('Resolved')));
  });

  it('of a refusal is a later purchase that opened the same machine', async () => {
    room = await stage.withSlack();
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
    room = await stage.withSlack();
    await raised({ cause: 'total_mismatch' });
    await eventually(() => stage.slack.messages.length === 1);
    await room.stopWorkers();
    await age('1 hour');
    const next = await stage.withSlack({}, { isIdle: true });
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
    await eventually(() => stage.slack.messages.length === 2);
    expect(stage.slack.messages[1]?.shown).toContain('Resolved');
  });

  it('of anything else is a quiet window', async () => {
    room = await stage.withSlack();
    await raised({ cause: 'total_mismatch' }, { cause: 'webhook_failed', machineId: null });
    await age('9 minutes');
    await room.sweep();
    expect(await states()).toEqual(['open', 'open']);
    await age('2 minutes');
    await room.sweep();
    expect(await states()).toEqual(['resolved', 'resolved']);
    await eventually(() => stage.slack.messages.length === 4);
  });
});
