/** What front ends and scripts read about a fridge: its chart, its health; and what is kept for how long. */
import { eventually } from '../support/eventually';
import { ago, lookAfter, readings, type Fridges } from '../support/fridges';
import { startWorld, type World } from '../support/world';

let world: World;
let fridges: Fridges;
beforeAll(async () => {
  world = await startWorld({
    machines: 6,
    stock: 'nothing',
    env: { READINGS_KEEP_DAYS: '20', TELEMETRY_SWEEP_S: '1', TELEMETRY_GRACE_S: '3600' },
  });
  fridges = await lookAfter(world);
});
afterAll(() => world.stop());

const sql = <Row extends object>(text: string, values: unknown[] = []) => world.database.sql.rows<Row>(text, values);
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const send = async (machine: string, batch: object[]) => {
  const { status, text } = await fridges.send(machine, 'readings', { readings: batch });
  if (status !== 200) throw new Error(text);
};
const health = async (machine: string) => (await world.larder.get(`/api/machines/${machine}/health`)).body;

describe('the chart', () => {
  beforeAll(async () => {
    await fridges.makeKey('M1');
    // Two whole hours of two days ago, and now.
    const hour = new Date(Date.now() - 48 * 3_600_000).setMinutes(0, 0, 0);
    const at = (minute: number) => new Date(hour + minute * 60_000).toISOString();
    await send('M1', [
      { at: at(0), temperature: 2, humidity: 50 },
      { at: at(30), temperature: 4.5, humidity: 51.5 },
      { at: at(59), temperature: 3 },
      { at: at(60), temperature: -1 },
      { at: ago(1), temperature: 3.21, humidity: 70 },
    ]);
  });

  it('has the last 24 hours of single readings where nothing else is asked', async () => {
    const { status, body } = await world.larder.get('/api/machines/M1/readings');
    expect([status, body]).toEqual([
      200,
      {
        id: expect.any(String),
        from: expect.stringMatching(ISO),
        to: expect.stringMatching(ISO),
        resolution: 'raw',
        data: [{ at: expect.stringMatching(ISO), temperature: 3.21, humidity: 70 }],
      },
    ]);
    expect(Date.parse(body.to) - Date.parse(body.from)).toBe(86_400_000);
  });

  it('has hours with minimum, mean and maximum, for as long as is asked', async () => {
    const query = `resolution=hour&from=${ago(72 * 60)}&to=${ago(40 * 60)}`;
    const { body } = await world.larder.get(`/api/machines/M1/readings?${query}`);
    expect(body.data).toEqual([
      {
        hour: expect.stringMatching(/:00:00\.000Z$/),
        count: 3,
        temperature: { min: 2, mean: 3.17, max: 4.5 },
        humidity: { min: 50, mean: 50.75, max: 51.5 },
      },
      { hour: expect.any(String), count: 1, temperature: { min: -1, mean: -1, max: -1 }, humidity: null },
    ]);
  });

  it.each([
    ['from=yesterday', 'from'],
    ['to=2026-02-31T00:00:00Z', 'to'],
    ['from=9999-01-01T00:00:00Z', 'from'],
    [`from=${ago(60)}&to=${ago(120)}`, 'to'],
    [`from=${ago(8 * 24 * 60)}`, 'from'],
    ['resolution=minute', 'resolution'],
    ['from[$gt]=1', 'from'],
    ['form=2026-01-01T00:00:00Z', 'form'],
  ])('refuses ?%s, naming %s', async (query, field) => {
    const { status, body } = await world.larder.get(`/api/machines/M1/readings?${query}`);
    expect([status, body.error.details.code]).toEqual([400, 'invalid_request']);
    expect(body.error.message).toContain(field);
  });
});

describe('health', () => {
  it('has every key of a fridge that nobody has heard of yet', async () => {
    const climate = { now: null, min: null, mean: null, max: null };
    expect(await health('M2')).toEqual({
      id: expect.any(String),
      label: 'Fridge 2',
      online: null,
      door: null,
      lastSeenAt: null,
      lastReadingAt: null,
      temperature: climate,
      humidity: climate,
      inventory: [],
      incidents: [],
      verdict: 'ok',
      reasons: [],
    });
  });

  it('has the climate of the last day, and says what wants a look', async () => {
    await fridges.giveProfile('M3', { temperatureMax: 5, minutesOutside: 30, silenceMinutes: 30 });
    await fridges.makeKey('M3');
    await send('M3', [
      ...readings([25 * 60], 20),
      ...readings([10], 2),
      { at: ago(5), temperature: 6.5, humidity: 61.25 },
    ]);
    const warm = await health('M3');
    expect(warm).toMatchObject({
      online: true,
      lastReadingAt: expect.stringMatching(ISO),
      temperature: { now: 6.5, min: 2, mean: 4.25, max: 6.5 },
      humidity: { now: 61.25, min: 61.25, mean: 61.25, max: 61.25 },
      verdict: 'attention',
      reasons: [{ code: 'temperature_outside', message: expect.stringContaining('6.5 °C') }],
    });
  });

  it('says that sales are locked, and has the incident', async () => {
    await fridges.giveProfile('M4', { temperatureMax: 5, minutesOutside: 30, silenceMinutes: 30 });
    await fridges.makeKey('M4');
    await send('M4', readings([40, 20, 1], 9));
    await eventually(async () =>
      expect(await health('M4')).toMatchObject({
        incidents: [{ id: expect.any(String), cause: 'temperature_out_of_range', severity: 'urgent', count: 1 }],
        verdict: 'locked',
        reasons: [{ code: 'locked_temperature' }, { code: 'temperature_outside' }, { code: 'incidents_open' }],
      }),
    );
  });

  it('is for an API token with the scope, of machines that there are', async () => {
    expect((await world.larder.get('/api/machines/nobody/health')).body.error.details.code).toBe('machine_not_found');
    const key = await fridges.makeKey('M5');
    for (const path of ['health', 'readings']) {
      const { status, body } = await world.larder.get(`/api/machines/M5/${path}`, key);
      expect([status, body.error.details.code]).toEqual([401, 'unauthorized']);
      expect((await world.larder.get(`/api/machines/M5/${path}`).unset('Authorization')).status).toBe(403);
    }
  });
});

it('calls no fridge silent before it had its time to get through', async () => {
  await fridges.giveProfile('M2', { temperatureMax: 5, minutesOutside: 30, silenceMinutes: 1 });
  await fridges.makeKey('M2');
  await send('M2', readings([20]));
  // Several sweeps, and nowhere near the grace.
  const until = Date.now() + 3500;
  await eventually(() => expect(Date.now()).toBeGreaterThan(until));
  expect(await health('M2')).toMatchObject({ verdict: 'attention', reasons: [{ code: 'readings_missing' }] });
});

describe('what is kept', () => {
  const days = async () =>
    (
      await sql<{ name: string }>(
        `select relname as name from pg_class c join pg_inherits i on i.inhrelid = c.oid
         where i.inhparent = 'larder.readings'::regclass order by 1`,
      )
    ).map(({ name }) => name);
  const nameOf = (minutesAgo: number) => `readings_${ago(minutesAgo).slice(0, 10).replaceAll('-', '')}`;
  const DAY = 24 * 60;

  it('is a day of readings before it is needed', async () => {
    expect(await days()).toEqual(expect.arrayContaining([nameOf(0), nameOf(-DAY), nameOf(-2 * DAY)]));
  });

  it('is each reading for READINGS_KEEP_DAYS, and each hour for ever', async () => {
    await fridges.makeKey('M6');
    await send('M6', readings([19 * DAY], 4));
    expect(await days()).toContain(nameOf(19 * DAY));
    // As if it had been taken in a month ago: its day, its reading and its hour.
    const old = ago(30 * DAY);
    const name = nameOf(30 * DAY);
    await sql(`create table larder.${name} partition of larder.readings
      for values from ('${old.slice(0, 10)}T00:00:00Z') to ('${ago(29 * DAY).slice(0, 10)}T00:00:00Z')`);
    await sql(
      `with kept as (insert into larder.readings (at, machine_id, temperature) select $1, id, 400 from machines where vendor_id = 'M6' returning *)
       insert into larder.reading_hours (hour, machine_id, count, temperature_sum, temperature_min, temperature_max, humidity_count, humidity_sum)
       select date_trunc('hour', at), machine_id, 1, 400, 400, 400, 0, 0 from kept`,
      [old],
    );
    await eventually(async () => expect(await days()).not.toContain(name), { withinMs: 10_000 });
    expect(await days()).toContain(nameOf(19 * DAY));
    const query = `resolution=hour&from=${ago(31 * DAY)}`;
    const { body } = await world.larder.get(`/api/machines/M6/readings?${query}`);
    expect(body.data).toHaveLength(2);
    const late = await fridges.send('M6', 'readings', { readings: [...readings([21 * DAY]), ...readings([1])] });
    expect(late.body).toMatchObject({ stored: 1, rejected: [{ code: 'too_old' }] });
  });
});
