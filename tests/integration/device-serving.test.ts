/** Devices are served ahead of Strapi's stack: whatever their calls look like, the answers are those of the long way. */
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { eventually } from '../support/eventually';
import { lookAfter, type Fridges } from '../support/fridges';
import { stockMeals } from '../support/stock';
import { startWorld, type World } from '../support/world';

let world: World;
let fridges: Fridges;
let key: string;
beforeAll(async () => {
  world = await startWorld({ machines: 3, env: { LOG_LEVEL: 'http' } });
  fridges = await lookAfter(world);
  key = await fridges.makeKey('M1');
});
afterAll(() => world.stop());

const PATHS = ['meal-events', 'readings', 'heartbeat'] as const;
const now = () => new Date().toISOString();
const BODIES: Readonly<Record<(typeof PATHS)[number], () => object>> = {
  'meal-events': () => ({ barcode: 'nobody-knows', action: 'touched', at: now() }),
  readings: () => ({ readings: [{ at: now(), temperature: 3 }] }),
  heartbeat: () => ({ door: 'locked' }),
};

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: { data?: null; error?: { status: number; details: { code: string; errors?: { field: string }[] } } };
}

/** A call byte by byte, as a library would not send it. */
function call(
  path: string,
  body: string | Buffer | undefined,
  headers: Readonly<Record<string, string>> = {},
  method = 'POST',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${world.larder.url}/api/machines/M1/${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const isJson = (response.headers['content-type'] ?? '').startsWith('application/json');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: isJson ? JSON.parse(text) : {} });
      });
    });
    if (body !== undefined && headers['transfer-encoding'] === undefined) {
      outgoing.setHeader('content-length', Buffer.byteLength(body));
    }
    outgoing.end(body);
  });
}

/** Both ways to the same handler: with an Origin a call takes the long one, which alone answers with Strapi's headers. */
async function bothWays(path: string, body: string, headers: Readonly<Record<string, string>> = {}) {
  const short = await call(path, body, headers);
  const long = await call(path, body, { ...headers, origin: 'https://nobody.example' });
  expect(short.headers['x-frame-options']).toBeUndefined();
  expect(long.headers['x-frame-options']).toBeDefined();
  return { short, long };
}

const refusal = ({ status, body: { error } }: Answer) => [
  status,
  error?.status,
  error?.details.code,
  error?.details.errors?.map(({ field }) => field),
];

describe.each(PATHS)('%s', (path) => {
  it('answers both ways alike', async () => {
    const { short, long } = await bothWays(path, JSON.stringify(BODIES[path]()));
    expect([short.status, long.status]).toEqual([200, 200]);
    expect(Object.keys(short.body)).toEqual(Object.keys(long.body));
    expect(short.headers['content-type']).toBe(long.headers['content-type']);
  });

  it.each<[string, string, Readonly<Record<string, string>>, number]>([
    ['broken JSON', '{"at":', {}, 400],
    ['a number', '7', {}, 400],
    ['a list', '[1]', {}, 400],
    ['a broken list', '[1', {}, 400],
    ['no key', '{}', { authorization: '' }, 401],
    ['a key that nobody made', '{}', { authorization: `Bearer ldk_${'A'.repeat(43)}` }, 401],
    ['broken JSON and no key', '{', { authorization: '' }, 400],
  ])('refuses %s both ways alike', async (_, body, headers, status) => {
    const { short, long } = await bothWays(path, body, headers);
    expect(refusal(short)).toEqual(refusal(long));
    expect([short.status, short.body.data]).toEqual([status, null]);
  });

  it('refuses NUL both ways alike, naming the field', async () => {
    const nul = { barcode: '\u0000', version: '\u0000', readings: [{ at: '\u0000', temperature: 3 }] };
    const { short, long } = await bothWays(path, JSON.stringify({ ...BODIES[path](), ...nul }));
    const fields = { 'meal-events': 'barcode', readings: 'readings.0.at', heartbeat: 'version' };
    for (const answer of [short, long]) expect(refusal(answer)).toEqual([400, 400, 'invalid_request', [fields[path]]]);
  });

  it.each([140_000, 300_000, 2_000_000])('takes or refuses %d bytes as the long way does', async (bytes) => {
    const answer = await call(path, JSON.stringify({ ...BODIES[path](), note: 'x'.repeat(bytes) }));
    expect(refusal(answer).slice(0, 3)).toEqual(
      bytes > 256 * 1024 ? [413, 413, 'payload_too_large'] : [200, undefined, undefined],
    );
  });

  it('takes a body in chunks, and a compressed one', async () => {
    const body = JSON.stringify(BODIES[path]());
    expect((await call(path, body, { 'transfer-encoding': 'chunked' })).status).toBe(200);
    expect((await call(path, gzipSync(JSON.stringify(BODIES[path]())), { 'content-encoding': 'gzip' })).status).toBe(
      200,
    );
  });

  it('is posted, and by another method there is no such thing', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      expect([method, (await call(path, '{}', {}, method)).status]).toEqual([method, 405]);
    }
  });

  it("is another machine's business with another machine's key, and is in the log", async () => {
    const answer = await world.larder.post(`/api/machines/M2/${path}`, BODIES[path](), key);
    expect([answer.status, answer.body.error.details.code]).toEqual([403, 'other_machine']);
    const line = new RegExp(`POST /api/machines/M2/${path} \\(\\d+ ms\\) 403`);
    await eventually(async () => expect(world.larder.log()).toMatch(line));
    expect(world.larder.log()).not.toContain(key);
  });
});

it('judges the events of a busy machine by their times, however they arrive, and each once', async () => {
  const device = await fridges.makeKey('M3');
  const barcodes = Array.from({ length: 8 }, (_, n) => `busy-${n}`);
  await stockMeals(
    world.database.sql,
    'M3',
    barcodes.map((barcode) => ({ barcode, sku: '1001' })),
  );
  const id = await world.opened('M3', 'somebody');
  await new Promise((resolve) => setTimeout(resolve, 200));
  const start = Date.now() - 100;
  const events = barcodes.flatMap((barcode, n) =>
    ['taken', 'returned', 'taken'].slice(0, n % 2 ? 2 : 3).map((action, step) => ({
      barcode,
      action,
      at: new Date(start + step * 10).toISOString(),
      id: `${barcode} ${step}`,
    })),
  );
  // Each twice, the last ones first, all at once.
  const sent = [...events, ...events].reverse();
  const answers = await Promise.all(
    sent.map((event) => world.larder.post('/api/machines/M3/meal-events', event, device)),
  );
  expect(answers.map(({ status }) => status)).toEqual(sent.map(() => 200));
  for (const { id: name } of events) {
    const said = answers.filter((_, n) => sent[n]?.id === name).map(({ text }) => text);
    expect(new Set(said).size).toBe(1);
  }
  const kept = await world.database.sql.rows<{ n: number; purchases: string[] }>(
    `select count(*)::int as n, array_agg(distinct transaction_id) as purchases from larder.meal_events where barcode like 'busy-%'`,
  );
  expect(kept).toEqual([{ n: events.length, purchases: [id] }]);
  // By the last word on each, every other one is out.
  const out = barcodes.filter((_, n) => n % 2 === 0);
  out.forEach(() => world.simulator.customer('M3').take('1001'));
  world.simulator.customer('M3').close();
  await world.until(id, 'completed');
  await eventually(async () => {
    const gone = await world.database.sql.rows<{ barcode: string }>(
      `select barcode from meals where barcode like 'busy-%' and state <> 'stocked' order by barcode`,
    );
    expect(gone.map(({ barcode }) => barcode)).toEqual(out);
  });
});

it('answers a busy machine while another transaction holds its row', async () => {
  const held = await world.database.sql.transaction(async (sql) => {
    await sql.rows(`select 1 from machines where vendor_id = 'M1' for update`);
    const answer = await world.larder.post('/api/machines/M1/meal-events', BODIES['meal-events'](), key);
    return answer.status;
  });
  expect(held).toBe(200);
});
