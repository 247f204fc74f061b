/** The watch over each fridge's climate: what stops sales, what opens them again, and who is told. */
import { eventually } from '../support/eventually';
import { lookAfter, minutes, readings, type Fridges } from '../support/fridges';
import { makeApiToken } from '../support/operator';
import { startWorld, type World } from '../support/world';

let world: World;
let fridges: Fridges;
let script: string;
beforeAll(async () => {
  world = await startWorld({ machines: 12, env: { TELEMETRY_SWEEP_S: '1', TELEMETRY_GRACE_S: '0' } });
  fridges = await lookAfter(world);
  script = await makeApiToken(world.larder, 'A script', [
    'plugin::telemetry.machines.lock',
    'plugin::telemetry.machines.unlock',
  ]);
});
afterAll(() => world.stop());

/** A fridge with a device, that may not be above 5 °C for longer than half an hour. */
async function fridge(machine: string, profile = {}): Promise<void> {
  await fridges.giveProfile(machine, { temperatureMax: 5, minutesOutside: 30, silenceMinutes: 120, ...profile });
  await fridges.makeKey(machine);
}
const send = async (machine: string, batch: object[]) =>
  (await fridges.send(machine, 'readings', { readings: batch })).body;
const unlock = (machine: string, reason = 'Looked at it, all meals replaced') =>
  world.larder.post(`/api/machines/${machine}/unlock`, { reason }, script);
const history = (machine: string) =>
  world.database.sql.rows<{ cause: string; minutes: number; by: string; unlocked_by: string; unlock_reason: string }>(
    `select l.cause, round(extract(epoch from now() - l.since) / 60)::int as minutes, l.locked_by as by, l.unlocked_by, l.unlock_reason
     from larder.sales_locks l join machines m on m.id = l.machine_id where m.vendor_id = $1 order by l.id`,
    [machine],
  );
const incidents = (machine: string) =>
  world.database.sql.rows<{ cause: string; state: string; message: string }>(
    `select i.cause, i.state, i.message from incidents i join incidents_machine_lnk l on l.incident_id = i.id
     join machines m on m.id = l.machine_id where m.vendor_id = $1 order by i.first_at, i.id`,
    [machine],
  );
const warm = 7;

describe('a fridge that is too warm for too long', () => {
  it('sells nothing, tells an operator, and opens only by a person with a reason', async () => {
    await fridge('M1');
    expect(await send('M1', readings(minutes(60, 40)))).toMatchObject({ locked: false, reason: null });
    expect(await send('M1', readings(minutes(35, 5), warm))).toMatchObject({ locked: false });
    const answer = await send('M1', readings([4], 9.25));
    expect(answer).toMatchObject({ stored: 1, locked: true, reason: expect.stringMatching(/cold enough/) });

    const refused = await world.open('M1');
    expect([refused.status, refused.body.error]).toMatchObject([
      423,
      { message: answer.reason, details: { code: 'machine_locked' } },
    ]);
    expect(await history('M1')).toMatchObject([{ cause: 'temperature', minutes: 35, by: 'larder', unlocked_by: null }]);
    await eventually(async () =>
      expect(await incidents('M1')).toMatchObject([
        { cause: 'temperature_out_of_range', state: 'open', message: expect.stringContaining('worst 9.25 °C') },
      ]),
    );

    // It is cold again: that says nothing about what stood in it.
    expect(await send('M1', readings([3, 2, 1]))).toMatchObject({ locked: true });
    expect((await fridges.send('M1', 'heartbeat', {})).body).toMatchObject({ locked: true, reason: answer.reason });
    const reasonless = await world.larder.post('/api/machines/M1/unlock', { reason: ' ' }, script);
    expect([reasonless.status, reasonless.body.error.details.errors[0].field]).toEqual([400, 'reason']);
    expect((await world.larder.post('/api/machines/M1/unlock', { reason: 'x' })).status).toBe(403);

    const opened = await unlock('M1');
    expect([opened.status, opened.body]).toEqual([200, { id: expect.any(String), locked: false }]);
    expect((await world.open('M1')).status).toBe(200);
    expect(await history('M1')).toMatchObject([
      { unlocked_by: expect.stringMatching(/^token:\d+$/), unlock_reason: 'Looked at it, all meals replaced' },
    ]);
    await eventually(async () => expect(await incidents('M1')).toMatchObject([{ state: 'resolved' }]));
    expect([(await unlock('M1')).status, (await unlock('nobody')).status]).toEqual([409, 404]);
  });

  it('is found by a late reading that joins two short stretches, however they come', async () => {
    await fridge('M2');
    expect(await send('M2', readings([50, 40], warm))).toMatchObject({ locked: false });
    expect(await send('M2', readings([28], 3))).toMatchObject({ locked: false });
    expect(await send('M2', readings([26, 10], warm))).toMatchObject({ locked: false });
    expect(await send('M2', readings([9], 3))).toMatchObject({ locked: false });
    // Twelve minutes more of the second stretch: 15 + 12 are not 30; the first stretch and 11 more are.
    expect(await send('M2', readings([19.5], warm))).toMatchObject({ locked: false });
    expect(await send('M2', readings([80, 65], warm))).toMatchObject({ locked: true });
    expect(await history('M2')).toMatchObject([{ cause: 'temperature', minutes: 80 }]);
  });

  it('is given its time anew by an unlock, but not for what nobody knew of then', async () => {
    await fridge('M3');
    expect(await send('M3', readings(minutes(40, 5), warm))).toMatchObject({ locked: true });
    expect((await unlock('M3')).status).toBe(200);
    expect(await send('M3', readings([0], warm))).toMatchObject({ locked: false });
    expect(await send('M3', readings([600, 560], warm))).toMatchObject({ locked: true });
    expect(await history('M3')).toHaveLength(2);
  });

  it('is only recorded where nobody has said how cold it should be', async () => {
    await fridges.makeKey('M4');
    expect(await send('M4', readings(minutes(300, 1), 40))).toMatchObject({ stored: 60, locked: false });
    await world.database.sql.rows(`update machines set temperature_max = 8 where vendor_id = 'M4'`);
    expect(await send('M4', readings([0.5], 40))).toMatchObject({ locked: true });
  });
});

describe('a fridge that says nothing', () => {
  const untilLocked = (machine: string) =>
    eventually(async () => expect((await fridges.send(machine, 'heartbeat', {})).body.locked).toBe(true));

  it('sells nothing, and sells again by itself when its readings are back soon enough', async () => {
    await fridge('M5', { silenceMinutes: 10 });
    expect(await send('M5', readings([45, 30, 20]))).toMatchObject({ locked: false });
    await untilLocked('M5');
    expect((await world.open('M5')).status).toBe(423);
    await eventually(async () =>
      expect(await incidents('M5')).toMatchObject([{ cause: 'readings_missing', state: 'open' }]),
    );
    expect(await send('M5', readings([0]))).toMatchObject({ locked: false, reason: null });
    expect((await world.open('M5')).status).toBe(200);
    expect(await history('M5')).toMatchObject([{ cause: 'silence', minutes: 20, unlocked_by: 'larder' }]);
    await eventually(async () => expect(await incidents('M5')).toMatchObject([{ state: 'resolved' }]));
  });

  it('stays shut over a gap that may hide an exposure, until late readings fill it', async () => {
    await fridge('M6', { silenceMinutes: 10 });
    await send('M6', readings([90]));
    await untilLocked('M6');
    expect(await send('M6', readings([0]))).toMatchObject({ locked: true });
    expect(await send('M6', readings([62, 6]))).toMatchObject({ locked: true });
    expect(await send('M6', readings([34]))).toMatchObject({ locked: false });
  });

  it('whose late readings tell of warmth stays shut for that', async () => {
    await fridge('M7', { silenceMinutes: 10 });
    await send('M7', readings([90]));
    await untilLocked('M7');
    expect(await send('M7', [...readings(minutes(80, 40), warm), ...readings([20, 0])])).toMatchObject({
      locked: true,
    });
    expect((await history('M7')).map(({ cause }) => cause)).toEqual(['silence', 'temperature']);
    await eventually(async () =>
      expect(await incidents('M7')).toMatchObject([
        { cause: 'readings_missing', state: 'resolved' },
        { cause: 'temperature_out_of_range', state: 'open' },
      ]),
    );
  });

  it('and never said anything is nobody’s worry; one that an operator unlocked has its time anew', async () => {
    await fridge('M8', { silenceMinutes: 1 });
    await fridge('M9', { silenceMinutes: 1 });
    await send('M9', readings([20]));
    await untilLocked('M9');
    expect((await unlock('M9')).status).toBe(200);
    // Long enough for the sweep to run, and less than the minute of silence.
    const until = Date.now() + 3000;
    await eventually(() => expect(Date.now()).toBeGreaterThan(until));
    const [left] = await world.database.sql.rows(
      `select count(*)::int as locked from machines where vendor_id in ('M8', 'M9') and sales_locked`,
    );
    expect(left).toEqual({ locked: 0 });
  });
});

describe('a person', () => {
  it('locks and unlocks at the desk and by a script, each once, with a reason that customers read', async () => {
    const locked = await fridges.desk('post', 'M10/lock', { reason: 'Closed for cleaning until noon.' });
    expect([locked.status, locked.body]).toEqual([200, { id: expect.any(String), locked: true }]);
    expect((await world.open('M10')).body.error.message).toBe('Closed for cleaning until noon.');
    const again = await world.larder.post('/api/machines/M10/lock', { reason: 'x' }, script);
    expect([again.status, again.body.error.details]).toEqual([409, { code: 'already_locked', cause: 'operator' }]);
    expect((await fridges.desk('post', 'M10/unlock', { reason: 'Clean' })).status).toBe(200);
    expect((await world.open('M10')).status).toBe(200);
    expect((await fridges.desk('post', 'M10/unlock', { reason: 'Clean' })).status).toBe(409);
    expect(await history('M10')).toMatchObject([
      { cause: 'operator', by: expect.stringMatching(/^admin:\d+$/), unlock_reason: 'Clean' },
    ]);
  });

  it('does not open a fridge that was too warm by saving an old page over it', async () => {
    await fridge('M11');
    await send('M11', readings(minutes(40, 0), warm));
    await world.database.sql.rows(
      `update machines set sales_locked = false, sales_lock_cause = null, sales_locked_reason = null where vendor_id = 'M11'`,
    );
    expect((await world.open('M11')).status).toBe(423);
    expect((await unlock('M11')).status).toBe(200);
  });

  it('who locks by plain SQL leaves the same trace', async () => {
    const set = (locked: boolean) =>
      world.database.sql.rows(`update machines set sales_locked = $1 where vendor_id = 'M12'`, [locked]);
    await set(true);
    await set(false);
    expect(await history('M12')).toMatchObject([{ cause: 'operator', by: null, unlocked_by: null }]);
  });
});
