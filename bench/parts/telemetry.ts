/** What fridges measure: how fast it is taken in, how large a day of it is, how soon a chart of it is there. */
import type { Report } from '../report';
import type { Row } from '../table';
import { equip, keyOf, storeDay } from '../stage/fridge-day';
import { createHttp, type Http } from '../stage/http';
import { TOKEN } from '../stage/larder';
import type { Scene, Stage } from '../stage/stage';
import { median, p99 } from '../statistics';

const FLEET = 10_000;
const AT_ONCE = 50;
/** Ten thousand fridges at one reading a minute. */
const NEEDED_PER_SECOND = FLEET / 60;

export async function measureTelemetry(stage: Stage, report: Report): Promise<void> {
  const fridges = stage.isQuick ? 1000 : FLEET;
  const seconds = stage.isQuick ? 5 : 15;
  const scene = await stage.scene({ machines: fridges, autoplay: false });
  await equip(scene.sql, fridges);
  const day = await storeDay(scene.sql, stage.isQuick ? 60 : 600);
  report.say(
    `${day.readings.toLocaleString('en')} readings of ${fridges.toLocaleString('en')} fridges stored in ${Math.round(day.seconds)} s` +
      `${day.isWhole ? ': 24 hours at one a minute.' : ': the time was up before the day was whole.'}`,
  );
  await measureSize(scene, fridges, day.readings, report);

  const http = createHttp(scene.larder.url, TOKEN);
  await send(http, fridges, 1, 3);
  const single = await send(http, fridges, 1, seconds);
  const batches = await send(http, fridges, 60, seconds);
  const beats = await send(http, fridges, 0, seconds);
  report.table('telemetry', `POST of devices, ${AT_ONCE} at a time, each a fridge of its own, on top of that day`, [
    rateOf('one reading a call', single, 1),
    rateOf('60 readings a call', batches, 60),
    rateOf('heartbeat', beats, 0),
  ]);
  report.goal({
    what: `readings a second, one a call (${FLEET.toLocaleString('en')} fridges at one a minute)`,
    measured: single.times.length / single.seconds,
    unit: '/s',
    goal: { atLeast: NEEDED_PER_SECOND },
  });

  const rounds = stage.isQuick ? 200 : 1000;
  report.table('charts', 'Reading about one fridge, one call at a time', [
    await read(http, 'chart of 24 h, raw', fridges, rounds, (id) => `/api/machines/${id}/readings`),
    await read(http, 'chart of 24 h, hours', fridges, rounds, (id) => `/api/machines/${id}/readings?resolution=hour`),
    await read(http, 'health', fridges, rounds, (id) => `/api/machines/${id}/health`),
  ]);
  http.close();
  await scene.stop();
}

interface Sent {
  readonly times: readonly number[];
  readonly seconds: number;
  readonly stored: number;
}

/** @param each readings a call; with 0 a heartbeat. */
async function send(http: Http, fridges: number, each: number, seconds: number): Promise<Sent> {
  const times: number[] = [];
  let next = 0;
  let stored = 0;
  const startedAt = performance.now();
  const device = async () => {
    while (performance.now() - startedAt < seconds * 1000) {
      next += 1;
      const n = 1 + (next % fridges);
      const now = Date.now();
      const readings = Array.from({ length: each }, (_, index) => ({
        at: new Date(now - index * 1000).toISOString(),
        temperature: 3,
        humidity: 60,
      }));
      const path = `/api/machines/M${n}/${each === 0 ? 'heartbeat' : 'readings'}`;
      const { status, body, ms } = await http.post(path, each === 0 ? {} : { readings }, keyOf(n));
      if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
      stored += (body as { stored?: number }).stored ?? 0;
      times.push(ms);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, device));
  return { times, seconds: (performance.now() - startedAt) / 1000, stored };
}

function rateOf(what: string, { times, seconds, stored }: Sent, each: number): Row {
  return {
    what,
    'calls/s': times.length / seconds,
    'readings stored/s': each === 0 ? '–' : stored / seconds,
    'p50 ms': median(times),
    'p99 ms': p99(times),
  };
}

async function read(
  http: Http,
  what: string,
  fridges: number,
  rounds: number,
  path: (id: string) => string,
): Promise<Row> {
  const times: number[] = [];
  let bytes = 0;
  for (let n = 0; n < rounds; n += 1) {
    const { status, body, ms } = await http.get(path(`M${1 + ((n * 7919) % fridges)}`));
    if (status !== 200) throw new Error(`${what} answered ${status}`);
    bytes = Math.max(bytes, JSON.stringify(body).length);
    times.push(ms);
  }
  return { what, calls: rounds, 'p50 ms': median(times), 'p99 ms': p99(times), 'largest answer kB': bytes / 1024 };
}

async function measureSize({ sql }: Scene, fridges: number, readings: number, report: Report): Promise<void> {
  const [size] = await sql.rows<{ rows: number; heap: number; index: number; hours: number; hour_rows: number }>(`
    select (select sum(pg_table_size(inhrelid))::float8 from pg_inherits where inhparent = 'larder.readings'::regclass) as heap,
      (select sum(pg_indexes_size(inhrelid))::float8 from pg_inherits where inhparent = 'larder.readings'::regclass) as index,
      (select count(*)::float8 from larder.readings) as rows,
      pg_total_relation_size('larder.reading_hours')::float8 as hours,
      (select count(*)::float8 from larder.reading_hours) as hour_rows`);
  if (!size || size.rows !== readings) report.fail(`${readings} readings were sent, and ${size?.rows ?? 0} are there.`);
  if (!size) return;
  const mb = (bytes: number) => bytes / 2 ** 20;
  report.table(
    'telemetry-size',
    'A day of readings on disk, as inserted',
    [
      {
        fridges,
        'readings inserted': size.rows,
        'table MB': mb(size.heap),
        'index MB': mb(size.index),
        'bytes a reading': (size.heap + size.index) / size.rows,
        'hours inserted': size.hour_rows,
        'hours MB': mb(size.hours),
      },
    ],
    ['table and index: all partitions of the raw readings together; hours: with their index.'],
  );
}
