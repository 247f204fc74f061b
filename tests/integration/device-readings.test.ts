/** The device's own API: keys, heartbeats and readings, stored once whatever the network does to them. */
import { eventually } from '../support/eventually';
import { ago, lookAfter, minutes, readings, type Fridges } from '../support/fridges';
import { startWorld, type World } from '../support/world';

let world: World;
let fridges: Fridges;
beforeAll(async () => {
  world = await startWorld({ machines: 8 });
  fridges = await lookAfter(world);
});
afterAll(() => world.stop());

const sql = <Row extends object>(text: string, values: unknown[] = []) => world.database.sql.rows<Row>(text, values);
const rowsOf = (machine: string) =>
  sql<{ minute: number; temperature: number }>(
    `select r.temperature from larder.readings r join machines m on m.id = r.machine_id where m.vendor_id = $1 order by r.at`,
    [machine],
  );
const machineRow = async (machine: string) => {
  const [row] = await sql<Record<string, unknown>>(
    `select online, door, last_temperature as temperature, last_humidity as humidity, last_seen_at is not null as seen,
       extract(epoch from now() - last_reading_at)::float8 as age from machines where vendor_id = $1`,
    [machine],
  );
  return row;
};

/** The hours as they are kept, and as the raw readings say they should be. */
async function hoursAgree(): Promise<void> {
  const kept = await sql(`select * from larder.reading_hours order by machine_id, hour`);
  const counted = await sql(`
    select date_trunc('hour', at) as hour, machine_id, count(*)::int as count, sum(temperature)::int as temperature_sum,
      min(temperature) as temperature_min, max(temperature) as temperature_max, count(humidity)::int as humidity_count,
      coalesce(sum(humidity), 0)::int as humidity_sum, min(humidity) as humidity_min, max(humidity) as humidity_max
    from larder.readings group by 1, 2 order by 2, 1`);
  expect(kept).toEqual(counted);
}

describe('a device key', () => {
  it('is shown once, kept as a hash, and opens the device’s own machine', async () => {
    const made = await fridges.desk('post', 'M1/device-key');
    expect([made.status, made.body]).toEqual([
      200,
      {
        key: expect.stringMatching(/^ldk_[A-Za-z0-9_-]{43}$/),
        hint: made.body.key.slice(-4),
        keys: [{ hint: made.body.hint, createdAt: expect.any(String), lastUsedAt: null, worksUntil: null }],
      },
    ]);
    expect(JSON.stringify(await sql(`select * from larder.device_keys`))).not.toContain(made.body.key);
    const { status, body } = await fridges.send('M1', 'heartbeat', {}, made.body.key);
    expect([status, body]).toEqual([200, { locked: false, reason: null, time: expect.any(String) }]);
    expect(Math.abs(Date.parse(body.time) - Date.now())).toBeLessThan(5000);
    const look = await fridges.desk('get', 'M1/device');
    expect(look.text).not.toContain(made.body.key);
    expect(look.body).toMatchObject({ keys: [{ hint: made.body.hint, lastUsedAt: expect.any(String) }] });
  });

  it('works by either name of the machine, and at no other machine', async () => {
    const key = await fridges.makeKey('M1');
    await fridges.makeKey('M2');
    const [row] = await sql<{ id: string }>(`select document_id as id from machines where vendor_id = 'M1'`);
    expect((await fridges.send(row?.id ?? '', 'heartbeat', {}, key)).status).toBe(200);
    for (const machine of ['M2', 'nobody', row?.id.toUpperCase() ?? '']) {
      for (const path of ['heartbeat', 'readings'] as const) {
        const { status, body } = await fridges.send(machine, path, { readings: readings([1]) }, key);
        expect([status, body.error.details.code]).toEqual([403, 'other_machine']);
      }
    }
    expect(await rowsOf('M2')).toEqual([]);
  });

  it('gives way to the next one after ten minutes, and to the one after that at once', async () => {
    const [first, second] = [await fridges.makeKey('M3'), await fridges.makeKey('M3')];
    for (const key of [first, second]) expect((await fridges.send('M3', 'heartbeat', {}, key)).status).toBe(200);
    const { keys } = (await fridges.desk('get', 'M3/device')).body;
    expect(keys).toMatchObject([{ hint: second.slice(-4), worksUntil: null }, { hint: first.slice(-4) }]);
    const left = Date.parse(keys[1].worksUntil) - Date.now();
    expect(left).toBeGreaterThan(9 * 60_000);
    expect(left).toBeLessThan(11 * 60_000);
    const third = await fridges.makeKey('M3');
    await eventually(async () => expect((await fridges.send('M3', 'heartbeat', {}, first)).status).toBe(401));
    for (const key of [second, third]) expect((await fridges.send('M3', 'heartbeat', {}, key)).status).toBe(200);
  });

  it('that is revoked works no more, at once and on every instance', async () => {
    const other = await world.startAnother();
    const key = await fridges.makeKey('M4');
    for (const at of [world.larder, other]) {
      expect((await fridges.send('M4', 'heartbeat', {}, key, at)).status).toBe(200);
    }
    expect((await fridges.desk('delete', 'M4/device-key')).body).toEqual({ revoked: 1, keys: [] });
    for (const at of [world.larder, other]) {
      await eventually(async () => expect((await fridges.send('M4', 'heartbeat', {}, key, at)).status).toBe(401), {
        withinMs: 2000,
      });
    }
    expect((await fridges.desk('delete', 'M4/device-key')).body).toEqual({ revoked: 0, keys: [] });
    await other.stop();
  });
});

describe('a heartbeat', () => {
  it('says that the fridge lives, what its door does, and what the device is', async () => {
    await fridges.makeKey('M5');
    await fridges.send('M5', 'heartbeat', { door: 'unlocked', version: '1.4.2', uptime: 90_061.7 });
    expect(await machineRow('M5')).toMatchObject({ online: true, door: 'unlocked', seen: true, temperature: null });
    await fridges.send('M5', 'heartbeat', {});
    expect(await machineRow('M5')).toMatchObject({ door: 'unlocked' });
    expect((await fridges.desk('get', 'M5/device')).body).toMatchObject({ version: '1.4.2', uptimeSeconds: 90_061 });
  });
});

describe('readings', () => {
  beforeAll(async () => {
    for (const machine of ['M6', 'M7', 'M8']) await fridges.makeKey(machine);
  });
  afterEach(hoursAgree);

  it('are stored, repeated ones once, bad ones named, and the machine shows the newest', async () => {
    const good = [
      { at: ago(3), temperature: 3.1, humidity: 60 },
      { at: ago(2), temperature: 3.25, humidity: 61.5 },
    ];
    const first = await fridges.send('M6', 'readings', { readings: good });
    expect([first.status, first.body]).toEqual([
      200,
      { stored: 2, repeated: 0, rejected: [], locked: false, reason: null, time: expect.any(String) },
    ]);
    const next = { at: ago(1), temperature: 3.5 };
    const mixed = [...good, { at: 'yesterday', temperature: 3 }, next, next, { at: ago(-6), temperature: 3 }];
    const second = await fridges.send('M6', 'readings', { readings: mixed });
    expect(second.body).toMatchObject({
      stored: 1,
      repeated: 3,
      rejected: [
        { index: 2, field: 'at', code: 'not_a_time' },
        { index: 5, field: 'at', code: 'in_future' },
      ],
    });
    expect((await rowsOf('M6')).map(({ temperature }) => temperature)).toEqual([310, 325, 350]);
    expect(await machineRow('M6')).toMatchObject({ online: true, temperature: 3.5, humidity: null });
  });

  it('that come late go where they belong and change nothing that is newer', async () => {
    await fridges.send('M7', 'readings', { readings: readings([1], 2) });
    const late = await fridges.send('M7', 'readings', { readings: readings([30 * 24 * 60, 300, 60], 4) });
    expect(late.body).toMatchObject({ stored: 3, repeated: 0, rejected: [] });
    expect(await machineRow('M7')).toMatchObject({ temperature: 2 });
    expect((await machineRow('M7'))?.age).toBeLessThan(90);
    const old = await fridges.send('M7', 'readings', { readings: [...readings([91 * 24 * 60]), ...readings([2])] });
    expect(old.body).toMatchObject({ stored: 1, rejected: [{ index: 0, field: 'at', code: 'too_old' }] });
  });

  it('that a device’s wrong clock dates are refused with the right time, or stored as what they say', async () => {
    const ahead = await fridges.send('M7', 'readings', { readings: readings([-60, -61]) });
    expect([ahead.status, ahead.body.error.details]).toMatchObject([
      400,
      { code: 'invalid_request', errors: [{ field: 'readings.0.at' }, { field: 'readings.1.at' }] },
    ]);
    expect(Math.abs(Date.parse(ahead.body.error.details.time) - Date.now())).toBeLessThan(5000);
    const slightly = await fridges.send('M7', 'readings', { readings: readings([-3], 1.5) });
    expect(slightly.body).toMatchObject({ stored: 1 });
    expect(await machineRow('M7')).toMatchObject({ temperature: 1.5 });
  });

  it('sent twenty times at once, whole and in overlapping parts, on two instances, are each stored once', async () => {
    const other = await world.startAnother();
    const all = readings(minutes(2000, 1, 4), (minute) => (minute % 7) / 2);
    const parts = [all, [...all].reverse(), all.slice(0, 300), all.slice(200), all.slice(100, 400).reverse()];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        fridges.send('M8', 'readings', { readings: parts[n % parts.length] }, undefined, n % 2 ? other : world.larder),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(answers.reduce((sum, { body }) => sum + body.stored, 0)).toBe(all.length);
    expect(await rowsOf('M8')).toHaveLength(all.length);
    await other.stop();
  });
});
