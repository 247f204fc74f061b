/** The journal's one statement on a real PostgreSQL: compare, set, and the same entry written twice. */
import { aPurchase } from '../../src/plugins/purchases/server/src/core/examples.test.support';
import type { Purchase } from '../../src/plugins/purchases/server/src/core/purchase';
import type { Change } from '../../src/plugins/purchases/server/src/core/step';
import type { EventRecord } from '../../src/plugins/purchases/server/src/ports';
import { createJournal, type Journal } from '../../src/plugins/purchases/server/src/store/journal';
import { changeEntry, eventEntry, ownerOf } from '../../src/plugins/purchases/server/src/store/journal-entry';
import { createPurchase, findPurchase } from '../../src/plugins/purchases/server/src/store/purchases';
import { newDocumentId, newRef } from '../../src/shared/ids';
import { createTestDatabase, type TestDatabase } from '../support/database';

const policy = { vendorTimeoutMs: 5000, doorOpenDeadlineSeconds: 180, completionDeadlineSeconds: 120 };
const record: EventRecord = { kind: 'result', name: 'frame', outcome: 'success', message: null, data: { n: 1 } };
let database: TestDatabase;
let journal: Journal;
let machines = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  journal = createJournal({ database: database.sql, queue: { send: async () => undefined }, error: () => undefined });
});
afterAll(() => database.drop());

/** A purchase that was just `authorized`, or `opening` with its request, at a machine of its own. */
async function begin(request: EventRecord | null = null): Promise<Purchase> {
  machines += 1;
  const vendorId = `J${machines}`;
  const [machine] = await database.sql.rows<{ id: number }>(
    `insert into machines (document_id, label, vendor_id) values ($1, $1, $1) returning id`,
    [vendorId],
  );
  const [user] = await database.sql.rows<{ id: number }>(
    `insert into up_users (document_id, username, email, customer_id) values ($1, $1, $1, $1) returning id`,
    [`customer-${vendorId}`],
  );
  const { paymentProvider, paymentIntentId, currency } = aPurchase();
  const made = await createPurchase(database.sql, {
    documentId: newDocumentId(),
    ref: newRef(),
    machine: { id: machine?.id ?? 0, documentId: vendorId, vendorId },
    user: { id: user?.id ?? 0, customerId: `customer-${vendorId}` },
    amount: 10_000,
    ...{ paymentProvider, paymentIntentId, currency },
    credential: 'customer',
    payment: {},
    referralCode: null,
    expertId: null,
    caller: 'token:1',
    idempotencyKey: null,
    requestHash: 'x',
    owner: 'here',
    authorized: {
      kind: 'authorized',
      amount: 10_000,
      paymentIntentId,
      paymentState: 'recorded',
      captureBefore: null,
    },
    request,
    deadlineSeconds: 5,
  });
  if (!made) throw new Error('not made');
  return made;
}

const entryOf = (purchase: Purchase, change: Change) => changeEntry(purchase, record, change, [], policy);
const now = async ({ id }: Purchase) => (await findPurchase(database.sql, id)) ?? aPurchase();
const eventsOf = async ({ id }: Purchase) =>
  (
    await database.sql.rows(
      `select e.id from events e join events_transaction_lnk l on l.event_id = e.id
    where l.transaction_id = $1 and e.name = 'frame'`,
      [id],
    )
  ).length;

test('an event that changes nothing is stored, and counts as applied however often it is written', async () => {
  const purchase = await begin();
  const entry = eventEntry(ownerOf(purchase), record);
  expect([await journal.append(entry), await journal.append(entry)]).toEqual([true, true]);
  expect([await eventsOf(purchase), (await now(purchase)).revision]).toEqual([1, purchase.revision]);
});

test('a purchase can be made together with its request', async () => {
  const command: EventRecord = { kind: 'command', name: 'ask', outcome: 'sent', message: null, data: { ref: 'r' } };
  const purchase = await begin(command);
  expect(await now(purchase)).toEqual(purchase);
  expect(purchase).toMatchObject({ state: 'opening', doorRequested: false });
  const events = await database.sql.rows(
    `select e.kind, e.name, e.outcome, e.data from events e join events_transaction_lnk l on l.event_id = e.id
     where l.transaction_id = $1 order by e.id`,
    [purchase.id],
  );
  const { message: _, ...stored } = command;
  expect(events).toMatchObject([{ name: 'purchase.requested' }, { name: 'payment.authorized' }, stored]);
});

test('a change applies once, and is told to be applied when it is written again', async () => {
  const purchase = await begin();
  const entry = entryOf(purchase, { to: 'opening' });
  expect([await journal.append(entry), await journal.append(entry)]).toEqual([true, true]);
  expect(await now(purchase)).toMatchObject({ state: 'opening', revision: purchase.revision + 1 });
  expect(await eventsOf(purchase)).toBe(1);
});

test('a change from another state or under an old fence is refused; its event is kept', async () => {
  const purchase = await begin();
  await database.sql.rows(`update transactions set fence = fence + 1 where id = $1`, [purchase.id]);
  expect(await journal.append(entryOf(purchase, { to: 'opening' }))).toBe(false);
  const current = await now(purchase);
  expect(await journal.append(entryOf({ ...current, state: 'opening' }, { to: 'open' }))).toBe(false);
  expect(await now(purchase)).toMatchObject({ state: 'authorized', revision: current.revision });
  expect(await eventsOf(purchase)).toBe(2);
});

test('the door is asked for once, though two should believe it was not', async () => {
  const purchase = await begin();
  await journal.append(entryOf(purchase, { to: 'opening' }));
  const opening = await now(purchase);
  const ask: Change = { to: 'opening', doorRequested: true, vendorSession: 's-1' };
  const answers = await Promise.all([journal.append(entryOf(opening, ask)), journal.append(entryOf(opening, ask))]);
  expect(answers).toEqual([true, false]);
  expect(await now(purchase)).toMatchObject({ doorRequested: true, vendorSession: 's-1' });
});

test('a deadline that has not passed by the database’s clock moves nothing', async () => {
  const purchase = await begin();
  const expire: Change = { to: 'expired', onlyIfOverdue: true };
  expect(await journal.append(entryOf(purchase, expire))).toBe(false);
  await database.sql.rows(`update transactions set deadline_at = now() - interval '1 s' where id = $1`, [purchase.id]);
  expect(await journal.append(entryOf(purchase, expire))).toBe(true);
  expect(await now(purchase)).toMatchObject({ state: 'expired' });
});

test('an entry that no column takes fails alone', async () => {
  const [purchase, other] = [await begin(), await begin()];
  const bad = entryOf(purchase, { to: 'opening', vendorCode: 1.5 });
  const settled = await Promise.allSettled(
    [bad, entryOf(other, { to: 'opening' })].map((entry) => journal.append(entry)),
  );
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect([(await now(purchase)).state, (await now(other)).state]).toEqual(['authorized', 'opening']);
});
