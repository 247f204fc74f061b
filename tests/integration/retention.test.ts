/** What is deleted after a while, and what never is. */
import { createForgetEvents as createForgetStripeEvents } from '../../src/plugins/billing/server/src/webhooks/forget';
import { createForgetMealEvents } from '../../src/plugins/meals/server/src/device/forget-events';
import { createForgetEvents } from '../../src/plugins/purchases/server/src/store/forget-events';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { readingsOf, type Statement } from '../support/plans';

let database: TestDatabase;
beforeEach(async () => void (database = await createTestDatabase()));
afterEach(() => database?.drop());

const names = async (query: string) => (await database.sql.rows<{ name: string }>(query)).map(({ name }) => name);

/** The same database, with what is asked of it written down. */
function overheard(): { database: TestDatabase['sql']; statements: Statement[] } {
  const statements: Statement[] = [];
  const hear =
    (sql: Pick<TestDatabase['sql'], 'rows'>): TestDatabase['sql']['rows'] =>
    (statement, values) => {
      if (typeof statement !== 'string') statements.push({ sql: statement.text, bindings: values ?? [] });
      return sql.rows(statement, values);
    };
  const transaction: TestDatabase['sql']['transaction'] = (work) =>
    database.sql.transaction((sql) => work({ rows: hear(sql) }));
  return { database: { ...database.sql, rows: hear(database.sql), transaction }, statements };
}

describe('events of Stripe', () => {
  const store = (name: string, state: string, days: number, count = 1) =>
    database.sql.rows(
      `insert into stripe_events (document_id, stripe_event_id, type, state, source, livemode, received_at, created_at, updated_at,
         published_at)
       select $1 || n, $1 || n, $1, $2, 'webhook', false, now() - make_interval(days => $3), now(), now(), now()
       from generate_series(1, $4::int) n`,
      [name, state, days, count],
    );
  const left = () => names(`select distinct type as name from stripe_events order by 1`);

  it('go when they were acted on and are old enough; those that wait or failed stay', async () => {
    for (const state of ['done', 'ignored', 'received', 'failed']) {
      await store(`${state} long ago`, state, 91);
      await store(`${state} lately`, state, 89);
    }
    await createForgetStripeEvents(database.sql, 0)();
    expect(await left()).toHaveLength(8);
    await createForgetStripeEvents(database.sql, 90)();
    const kept = [
      'done lately',
      'failed lately',
      'failed long ago',
      'ignored lately',
      'received lately',
      'received long ago',
    ];
    expect(await left()).toEqual(kept);
  });

  it('go a thousand at a time, found by an index', async () => {
    await store('new', 'done', 1, 20_000);
    await store('old', 'done', 100, 1500);
    await database.sql.rows('analyze stripe_events');
    const { database: heard, statements } = overheard();
    const count = () => names(`select count(*)::text as name from stripe_events where type = 'old'`);
    await createForgetStripeEvents(heard, 90)();
    expect(await count()).toEqual(['500']);
    await createForgetStripeEvents(heard, 90)();
    expect(await count()).toEqual(['0']);
    await store('old', 'done', 100, 1500);
    const readings = await readingsOf(database.sql, statements[0]!);
    expect(readings.filter(({ how, rows }) => how === 'Seq Scan' || rows > 1000)).toEqual([]);
  });
});

describe('the history of purchases', () => {
  const purchase = async (name: string, state: string, { changed, events, count = 1 }: Record<string, number>) => {
    await database.sql.rows(
      `with made as (
         insert into transactions (document_id, ref, state, door, credential, payment_state, fence, revision, created_at, updated_at,
           published_at)
         values ($1, $1, $2, 'locked', 'customer', 'none', 1, 1, now(), now() - make_interval(days => $3), now()) returning id
       ), said as (
         insert into events (document_id, name, kind, received_at, created_at, updated_at, published_at)
         select $1 || n, $1, 'system', now() - make_interval(days => $4, secs => n), now(), now(), now()
         from generate_series(1, $5::int) n returning id
       )
       insert into events_transaction_lnk (event_id, transaction_id) select said.id, made.id from said, made`,
      [name, state, changed, events, count],
    );
  };
  const orphan = (days: number, count: number) =>
    database.sql.rows(
      `insert into events (document_id, name, kind, received_at, created_at, updated_at, published_at)
       select 'orphan' || n, 'orphan', 'orphan', now() - make_interval(days => $1, secs => n), now(), now(), now()
       from generate_series(1, $2::int) n`,
      [days, count],
    );
  const left = () => names(`select distinct name from events order by 1`);

  it('goes when they are over and nothing has changed for so long; the rest stays', async () => {
    for (const state of ['completed', 'empty', 'refused', 'expired']) {
      await purchase(state, state, { changed: 50, events: 50 });
    }
    await purchase('young', 'completed', { changed: 20, events: 20 });
    await purchase('refunded lately', 'completed', { changed: 5, events: 50 });
    await purchase('under review', 'review', { changed: 50, events: 50 });
    await purchase('open', 'open', { changed: 50, events: 50 });
    await orphan(50, 1);
    await createForgetEvents(database.sql, 0)();
    expect(await left()).toHaveLength(9);
    await createForgetEvents(database.sql, 40)();
    expect(await left()).toEqual(['open', 'orphan', 'refunded lately', 'under review', 'young']);
    expect(await names(`select count(*)::text as name from events_transaction_lnk`)).toEqual(['4']);
    expect(await names(`select count(*)::text as name from transactions`)).toEqual(['8']);
    await expect(database.sql.rows(`delete from events`)).rejects.toThrow('append only');
  });

  it('goes a thousand at a time behind any number that stay, and what may go later does', async () => {
    await orphan(60, 1200);
    await purchase('decided late', 'review', { changed: 60, events: 60 });
    await purchase('old', 'completed', { changed: 50, events: 50, count: 1100 });
    await purchase('new', 'completed', { changed: 1, events: 1, count: 20_000 });
    await database.sql.rows('analyze');
    const { database: heard, statements } = overheard();
    const forget = createForgetEvents(heard, 40);
    for (let n = 0; n < 3; n += 1) await forget();
    expect(await left()).toEqual(['decided late', 'new', 'orphan']);
    await database.sql.rows(`update transactions set state = 'completed' where ref = 'decided late'`);
    for (let n = 0; n < 2; n += 1) await forget();
    expect(await left()).toEqual(['new', 'orphan']);

    await purchase('older', 'completed', { changed: 50, events: 50, count: 3000 });
    await database.sql.transaction(async (sql) => {
      await sql.rows(`set local larder.maintenance = 'on'`);
      const readings = await readingsOf(sql, statements[0]!);
      // The purchases are only a few here.
      for (const { table, how, rows } of readings.filter((reading) => reading.table.startsWith('events'))) {
        expect({ table, how, rows }).toMatchObject({ how: expect.not.stringMatching('Seq Scan') });
        expect(rows).toBeLessThanOrEqual(1200);
      }
    });
  });
});

describe('what devices saw of meals', () => {
  const machine = (name: string) =>
    database.sql.rows(
      `insert into machines (document_id, label, vendor_id, driver, sales_locked, created_at, updated_at, published_at)
       values ($1, $1, $1, 'vendron', false, now(), now(), now())`,
      [name],
    );
  const purchase = (name: string, state: string, { paymentState = 'captured', allocated = true, changed = 400 } = {}) =>
    database.sql.rows(
      `with made as (
         insert into transactions (document_id, ref, state, door, credential, payment_state, fence, revision, created_at, updated_at,
           published_at)
         values ($1, $1, $2, 'locked', 'customer', $3, 1, 1, now(), now() - make_interval(days => $5), now()) returning document_id
       )
       insert into larder.allocations (transaction_id, result) select document_id, '{}' from made where $4`,
      [name, state, paymentState, allocated, changed],
    );
  const said = (name: string, { at = 'm', of = null as string | null, days = 400, count = 1 } = {}) =>
    database.sql.rows(
      `insert into larder.meal_events (machine_id, key, barcode, action, at, received_at, transaction_id, session, whose, was_out,
         is_outdated, is_late, is_as_billed)
       select $2, $1 || n, $1, 'taken', now() - make_interval(days => $4), now() - make_interval(days => $4), $3, 'none', 'free', false,
         false, false, false
       from generate_series(1, $5::int) n`,
      [name, at, of, days, count],
    );
  const incident = (state: string, { at = null as string | null, of = null as string | null }) =>
    database.sql.rows(
      `with made as (
         insert into incidents (document_id, cause, severity, state, title, count, first_at, last_at, delivery, created_at, updated_at,
           published_at)
         values (md5(random()::text), 'theft', 'warning', $1, 'A theft', 1, now(), now(), 'off', now(), now(), now()) returning id
       ), at_machine as (
         insert into incidents_machine_lnk (incident_id, machine_id) select made.id, m.id from made, machines m where m.document_id = $2
       )
       insert into incidents_transaction_lnk (incident_id, transaction_id)
       select made.id, t.id from made, transactions t where t.document_id = $3`,
      [state, at, of],
    );
  const left = () => names(`select distinct barcode as name from larder.meal_events order by 1`);

  it('goes when it is old and settled; what may still be asked for stays', async () => {
    for (const name of ['m', 'uneasy']) await machine(name);
    await said('no purchase');
    await said('lately', { days: 360 });
    for (const state of ['completed', 'empty', 'refused', 'expired', 'review', 'open']) {
      await purchase(state, state);
      await said(state, { of: state });
    }
    for (const paymentState of ['recorded', 'released', 'held', 'at_risk', 'owed', 'review']) {
      await purchase(`money ${paymentState}`, 'completed', { paymentState });
      await said(`money ${paymentState}`, { of: `money ${paymentState}` });
    }
    await purchase('not looked for', 'completed', { allocated: false });
    await said('not looked for', { of: 'not looked for' });
    await purchase('refunded lately', 'completed', { changed: 5 });
    await said('refunded lately', { of: 'refunded lately' });
    for (const state of ['open', 'resolved']) {
      await purchase(`incident ${state}`, 'completed');
      await said(`incident ${state}`, { of: `incident ${state}` });
      await incident(state, { at: 'm', of: `incident ${state}` });
    }
    await incident('resolved', { at: 'm' });
    await incident('open', { at: 'uneasy' });
    await said('at an uneasy machine', { at: 'uneasy' });
    await database.sql.rows(
      `with made as (
         insert into meals (document_id, barcode, sku, area, state, stocked_at, created_at, updated_at, published_at)
         values ('meal', 'still there', '1001', 'free_for_all', 'stocked', now() - interval '500 days', now(), now(), now())
         returning id
       ) insert into meals_machine_lnk (meal_id, machine_id) select made.id, m.id from made, machines m where m.document_id = 'm'`,
    );
    await said('still there');

    await createForgetMealEvents(database.sql, 0)();
    const all = await left();
    await createForgetMealEvents(database.sql, 365)();
    const gone = [
      'completed',
      'empty',
      'expired',
      'incident resolved',
      'money recorded',
      'money released',
      'no purchase',
      'refused',
    ];
    expect(await left()).toEqual(all.filter((name) => !gone.includes(name)));
    expect(all).toEqual(expect.arrayContaining(gone));
    for (const change of ['delete from larder.meal_events', `update larder.meal_events set at = now()`]) {
      await expect(database.sql.rows(change)).rejects.toThrow('append only');
    }
  });

  it('goes a thousand at a time behind any number that stay, found by an index', async () => {
    await machine('m');
    await purchase('under review', 'review');
    await said('under review', { of: 'under review', count: 1200 });
    await said('old', { count: 1500 });
    await said('new', { days: 1, count: 20_000 });
    await database.sql.rows('analyze');
    const { database: heard, statements } = overheard();
    const forget = createForgetMealEvents(heard, 365);
    for (let n = 0; n < 3; n += 1) await forget();
    expect(await left()).toEqual(['new', 'under review']);

    await database.sql.transaction(async (sql) => {
      await sql.rows(`set local larder.maintenance = 'on'`);
      const readings = await readingsOf(sql, statements[0]!);
      for (const { table, how, rows } of readings.filter((reading) => reading.table === 'meal_events')) {
        expect({ table, how, rows }).toMatchObject({ how: expect.not.stringMatching('Seq Scan') });
        expect(rows).toBeLessThanOrEqual(1000);
      }
    });
  });
});
