/** Larder's own door to PostgreSQL, and notifications over it, on a real server whose connections break. */
import {
  DatabaseUnavailable,
  createNotifications,
  openDatabase,
  type Database,
  type Notifications,
} from '../../src/shared/sql';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy';

let own: TestDatabase;
let proxy: TcpProxy;
let database: Database;

beforeAll(async () => {
  own = await createTestDatabase();
  proxy = await startTcpProxy(own.url);
  database = openDatabase({ url: proxy.url, maxConnections: 2, statementTimeoutMs: 400, connectTimeoutMs: 400 });
  await own.sql.rows('create table things (id int primary key)');
});
afterEach(() => proxy.heal());
afterAll(async () => {
  await database.close();
  await proxy.stop();
  await own.drop();
});

const isUnavailable = (work: Promise<unknown>) => expect(work).rejects.toBeInstanceOf(DatabaseUnavailable);
const things = () => own.sql.rows('select id from things order by id');
const terminate = (name: string) =>
  own.sql.rows(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()
    and datname = current_database()`,
    [name],
  );

describe('the database', () => {
  it('commits what resolves and rolls back what throws', async () => {
    await database.transaction((sql) => sql.rows('insert into things values (1)'));
    const fault = new Error('changed my mind');
    const work = database.transaction(async (sql) => {
      await sql.rows('insert into things values (2)');
      throw fault;
    });
    await expect(work).rejects.toBe(fault);
    expect(await things()).toEqual([{ id: 1 }]);
  });

  it('does what waits for the commit once it is committed, and never where it is rolled back', async () => {
    const done: string[] = [];
    let seen: Promise<unknown> = Promise.resolve();
    const leave = (id: number, and: () => void) =>
      database.transaction(async (sql) => {
        await sql.rows('insert into things values ($1)', [id]);
        sql.afterCommit?.(() => {
          done.push(`after ${id}`);
          seen = own.sql.rows(`select id from things where id = ${id}`);
        });
        done.push(`in ${id}`);
        and();
      });
    await leave(21, () => undefined);
    const failure = () => {
      throw new Error('no');
    };
    await expect(leave(22, failure)).rejects.toThrow('no');
    expect(done).toEqual(['in 21', 'after 21', 'in 22']);
    expect(await seen).toEqual([{ id: 21 }]);
  });

  it('outlives a connection that is lost between two statements of a transaction', async () => {
    const work = database.transaction(async (sql) => {
      const [{ pid } = {}] = await sql.rows<{ pid: number }>('select pg_backend_pid() as pid');
      await own.sql.rows('select pg_terminate_backend($1)', [pid]);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await sql.rows('select 1');
    });
    await isUnavailable(work);
    expect(await database.rows('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('ends a statement that takes too long, and a wait for a connection', async () => {
    const slow = [1, 2].map(() => database.rows('select pg_sleep(30)'));
    const third = database.rows('select pg_sleep(30)');
    await Promise.all([...slow, third].map(isUnavailable));
    expect(await database.rows('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('ends the wait for a server that says nothing', async () => {
    await database.rows('select 1');
    proxy.silence();
    await isUnavailable(database.rows('select 1'));
    await isUnavailable(database.transaction((sql) => sql.rows('select 1')));
    proxy.heal();
    await eventually(async () => expect(await database.rows('select 1 as one')).toEqual([{ one: 1 }]));
  });

  it('goes on after its connections were ended, and after a refusal', async () => {
    await database.rows('select 1');
    await terminate('larder');
    await eventually(async () => expect(await database.rows('select 1 as one')).toEqual([{ one: 1 }]));
    proxy.close();
    await isUnavailable(database.rows('select 1'));
    proxy.heal();
    expect(await database.rows('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('tells what is wrong from what is away', async () => {
    await expect(database.rows('select nonsense')).rejects.toMatchObject({ code: '42703' });
    await expect(database.rows('insert into things values (1)')).rejects.toMatchObject({ code: '23505' });
  });
});

describe('notifications', () => {
  let notifications: Notifications;
  const heard: string[] = [];
  let gaps = 0;
  const warnings: string[] = [];

  beforeAll(() => {
    notifications = createNotifications(proxy.url, (message) => warnings.push(message));
    notifications.subscribe(
      'news',
      (payload) => heard.push(payload),
      () => (gaps += 1),
    );
    notifications.start();
  });
  afterAll(() => notifications.stop());

  const tell = (payload: string) => own.sql.rows(`select pg_notify('news', $1)`, [payload]);
  const hears = async (payload: string) => {
    await eventually(async () => {
      await tell(payload);
      expect(heard).toContain(payload);
    });
  };

  it('are heard', async () => {
    await hears('first');
    expect(gaps).toBe(1); // whatever came before the first connection was missed
  });

  it('are heard again after the connection broke, and the gap is told', async () => {
    await terminate('larder-listen');
    await eventually(() => expect(gaps).toBe(2));
    await hears('second');
  });

  it('are tried for until the server takes connections', async () => {
    proxy.close();
    await eventually(() => expect(warnings.length).toBeGreaterThan(0));
    proxy.heal();
    await hears('third');
  });

  it('are not heard by whoever left, and a new channel is listened to at once', async () => {
    const late: string[] = [];
    const leave = notifications.subscribe('other', (payload) => late.push(payload));
    await eventually(async () => {
      await own.sql.rows(`select pg_notify('other', 'one')`);
      expect(late).toContain('one');
    });
    leave();
    const count = late.length;
    await own.sql.rows(`select pg_notify('other', 'two')`);
    await hears('fourth');
    expect(late).toHaveLength(count);
  });

  it('leave no connection behind', async () => {
    await notifications.stop();
    await eventually(async () => {
      const left = await own.sql.rows(
        `select 1 from pg_stat_activity where application_name = 'larder-listen' and datname = current_database()`,
      );
      expect(left).toEqual([]);
    });
  });
});
