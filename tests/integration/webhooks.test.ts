/** Webhooks as jobs of the alerts room: what they say, when none is sent, and how one is sent again. */
import { replayWebhooks } from '../../src/plugins/alerts/server/src/core/webhooks/replay';
import { startFakeWebhookTarget, type FakeWebhookTarget } from '../fakes/webhook-target';
import {
  aMachine,
  aPurchase,
  eventually,
  freshDatabase,
  openRoom,
  stopRooms,
  waitForIdle,
  type Room,
} from '../support/alerts-room';

jest.setTimeout(30_000);

const SECRET = 'a-webhook-secret-of-tests';
let room: Room;

describe('webhooks', () => {
  let target: FakeWebhookTarget;
  beforeEach(async () => {
    target = await startFakeWebhookTarget(SECRET);
    room = await openRoom(await freshDatabase(), { settings: { webhook: { url: target.url, secret: SECRET } } });
  });
  afterEach(async () => {
    await stopRooms();
    await target.close();
  });

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
