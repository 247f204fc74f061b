/** Two instances watch the same fridges, one with a clock that is wrong: each lock, alert and unlock is one. */
import path from 'node:path';
import { eventually } from '../support/eventually';
import { ago, lookAfter, minutes, readings, type Fridges } from '../support/fridges';
import type { Larder } from '../support/larder';
import { makeApiToken } from '../support/operator';
import { startWorld, type World } from '../support/world';

const TEN_MINUTES_MS = 600_000;

let world: World;
let fridges: Fridges;
let fast: Larder;
let script: string;
beforeAll(async () => {
  world = await startWorld({
    machines: 3,
    preload: path.join(__dirname, '../support/clock-preload.cjs'),
    env: { LARDER_CLOCK_SHIFT_MS: '0', TELEMETRY_SWEEP_S: '1', TELEMETRY_GRACE_S: '0' },
  });
  fast = await world.startAnother({ env: { LARDER_CLOCK_SHIFT_MS: String(TEN_MINUTES_MS) } });
  fridges = await lookAfter(world);
  script = await makeApiToken(world.larder, 'A script', ['plugin::telemetry.machines.unlock']);
  for (const machine of ['M1', 'M2', 'M3']) {
    await fridges.giveProfile(machine, { temperatureMax: 5, minutesOutside: 30, silenceMinutes: 30 });
    await fridges.makeKey(machine);
  }
});
afterAll(() => world.stop());

const locks = (machine: string) =>
  world.database.sql.rows(
    `select l.cause from larder.sales_locks l join machines m on m.id = l.machine_id where m.vendor_id = $1`,
    [machine],
  );
const incidents = (machine: string) =>
  world.database.sql.rows(
    `select i.cause, i.count, i.state from incidents i join incidents_machine_lnk l on l.incident_id = i.id
     join machines m on m.id = l.machine_id where m.vendor_id = $1`,
    [machine],
  );

it('judges the clock of a device by the database’s, on an instance whose own is ten minutes ahead', async () => {
  const sent = await fridges.send(
    'M1',
    'readings',
    { readings: [...readings([-8]), ...readings([1])] },
    undefined,
    fast,
  );
  expect(sent.body).toMatchObject({ stored: 1, rejected: [{ index: 0, field: 'at', code: 'in_future' }] });
  expect(Math.abs(Date.parse(sent.body.time) - Date.now())).toBeLessThan(5000);
  const beat = await fridges.send('M1', 'heartbeat', {}, undefined, fast);
  expect(Math.abs(Date.parse(beat.body.time) - Date.now())).toBeLessThan(5000);
  const refused = await fridges.send(
    'M1',
    'readings',
    { readings: [{ at: ago(-8), temperature: 3 }] },
    undefined,
    fast,
  );
  expect(Math.abs(Date.parse(refused.body.error.details.time) - Date.now())).toBeLessThan(5000);
});

it('locks once for warmth that comes in pieces, all at once and on both', async () => {
  const warm = readings(minutes(50, 1, 1), 8);
  const pieces = Array.from({ length: 10 }, (_, n) => warm.filter((_reading, index) => index % 10 === n));
  const answers = await Promise.all(
    [...pieces, ...pieces].map((piece, n) =>
      fridges.send('M2', 'readings', { readings: piece }, undefined, n % 2 ? fast : world.larder),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(answers.reduce((sum, { body }) => sum + body.stored, 0)).toBe(warm.length);
  expect(answers.some(({ body }) => body.locked)).toBe(true);
  expect(await locks('M2')).toEqual([{ cause: 'temperature' }]);
  await eventually(async () =>
    expect(await incidents('M2')).toEqual([{ cause: 'temperature_out_of_range', count: 1, state: 'open' }]),
  );
});

it('unlocks once for two who press at the same moment', async () => {
  const press = (at: Larder) => at.post('/api/machines/M2/unlock', { reason: 'Looked at it' }, script);
  const answers = await Promise.all([press(world.larder), press(fast)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  await eventually(async () => expect(await incidents('M2')).toMatchObject([{ state: 'resolved' }]));
});

it('locks a silent fridge once, whichever instance sees it', async () => {
  await fridges.send('M3', 'readings', { readings: readings([90]) });
  await eventually(async () => expect(await locks('M3')).toEqual([{ cause: 'silence' }]));
  const until = Date.now() + 3000;
  await eventually(() => expect(Date.now()).toBeGreaterThan(until));
  expect(await locks('M3')).toHaveLength(1);
  expect(await incidents('M3')).toEqual([{ cause: 'readings_missing', count: 1, state: 'open' }]);
  // The one that was heard a minute ago sells on, whatever the fast clock says.
  expect(await locks('M1')).toEqual([]);
});

it('keeps what it has judged when an instance is killed', async () => {
  fast.signal('SIGKILL');
  await fast.ended;
  expect(await locks('M3')).toHaveLength(1);
  expect((await fridges.send('M3', 'heartbeat', {})).body).toMatchObject({ locked: true });
});
