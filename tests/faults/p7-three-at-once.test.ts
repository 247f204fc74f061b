/** P7: three instances boot at once on an empty database. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { startSimulator, type Simulator } from '../../simulator';
import { openDatabase, type Database } from '../../src/shared/sql';
import { eventually } from '../support/eventually';
import { startLarder, type Larder } from '../support/larder';

const { url: adminUrl } = JSON.parse(readFileSync(process.env.LARDER_TEST_CLUSTER ?? '', 'utf8')) as { url: string };
const name = `larder_empty_${randomBytes(4).toString('hex')}`;
const databaseUrl = adminUrl.replace(/\/postgres$/, `/${name}`);

let simulator: Simulator;
let larders: Larder[] = [];
let sql: Database;

beforeAll(async () => {
  await asAdmin(`create database "${name}"`);
  simulator = await startSimulator({ machines: 1 });
  larders = await Promise.all([1, 2, 3].map(() => startLarder({ databaseUrl, vendronUrl: simulator.url })));
  sql = openDatabase({ url: databaseUrl, maxConnections: 2 });
}, 240_000);
afterAll(async () => {
  await Promise.all(larders.map((larder) => larder.stop()));
  await simulator.stop();
  await sql.close();
  await asAdmin(`drop database "${name}" with (force)`);
});

it('all come up', async () => {
  const ready = await Promise.all(larders.map((larder) => larder.get('/ready')));
  expect(ready.map(({ status }) => status)).toEqual([200, 200, 200]);
  const found = await Promise.all(larders.map((larder) => larder.get('/api/transactions/search')));
  expect(found.map(({ status }) => status)).toEqual([200, 200, 200]);
});

it.each([
  ['administrator', `select count(*)::int as n from admin_users`],
  [
    'front-end token',
    `select count(*)::int as n from strapi_api_tokens where name ilike '%bubble%' or name ilike '%front%'`,
  ],
  ['operator role', `select count(*)::int as n from admin_roles where code = 'larder-operator'`],
  ['authenticated role', `select count(*)::int as n from up_roles where type = 'authenticated'`],
])('makes one %s', async (_what, query) => {
  expect(await sql.rows(query)).toEqual([{ n: 1 }]);
});

it('gives each right once', async () => {
  const twice = await sql.rows(`
    select p.action, r.id, count(*) from up_permissions p join up_permissions_role_lnk l on l.permission_id = p.id
    join up_roles r on r.id = l.role_id group by 1, 2 having count(*) > 1
    union all
    select p.action || coalesce(p.subject, ''), r.id, count(*) from admin_permissions p
    join admin_permissions_role_lnk l on l.permission_id = p.id join admin_roles r on r.id = l.role_id
    group by 1, 2 having count(*) > 1
    union all
    select p.action, t.id, count(*) from strapi_api_token_permissions p
    join strapi_api_token_permissions_token_lnk l on l.api_token_permission_id = p.id
    join strapi_api_tokens t on t.id = l.api_token_id group by 1, 2 having count(*) > 1`);
  expect(twice).toEqual([]);
});

it('leaves no boot lock behind', async () => {
  // Of this database: other test files boot Larders on theirs. PostgreSQL ends a connection a moment after we do.
  const left = () =>
    sql.rows(
      `select pid from pg_stat_activity where application_name = 'larder-boot' and datname = current_database()`,
    );
  await eventually(async () => expect(await left()).toEqual([]));
});

async function asAdmin(statement: string): Promise<void> {
  const client = new Client(adminUrl);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
