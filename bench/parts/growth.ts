/** What a purchase costs with few, many and very many stored, and which indexes see to that. */
import type { Report } from '../report';
import { buyAt } from '../stage/buy';
import { watchEndings } from '../stage/endings';
import { EVENTS_EACH, storeHistory } from '../stage/history';
import { createHttp, type Http } from '../stage/http';
import { TOKEN } from '../stage/larder';
import { explainAll } from '../plans/explain';
import { HOT_STATEMENTS } from '../plans/hot-statements';
import { figuresOf, sell, type Figures } from '../stage/shop';
import type { Scene, Stage } from '../stage/stage';
import { cpuMs, cpuMsOfFamily } from '../stage/usage';
import { median } from '../statistics';

const MACHINES = 1000;
const AT_ONCE = 10;

interface Cost extends Figures {
  readonly stored: number;
  readonly larderMs: number;
  readonly postgresMs: number;
  readonly readMs: number;
  readonly searchMs: number;
}

export async function measureGrowth(stage: Stage, report: Report): Promise<void> {
  const sizes = stage.isQuick ? [10, 100_000] : [10, 100_000, 1_000_000];
  const seconds = stage.isQuick ? 6 : 15;
  const scene = await stage.scene({ machines: MACHINES, autoplay: true });
  const http = createHttp(scene.larder.url, TOKEN);
  const endings = await watchEndings(scene.databaseUrl);
  const buy = buyAt(http, endings);
  await sell(buy, AT_ONCE, seconds);

  const costs: Cost[] = [];
  let stored = 0;
  for (const size of sizes) {
    const startedAt = performance.now();
    await storeHistory(scene.databaseUrl, { from: stored, to: size });
    stored = size;
    if (size > 1000)
      report.say(
        `${size.toLocaleString('en')} transactions stored after ${Math.round((performance.now() - startedAt) / 1000)} s.`,
      );
    await sell(buy, AT_ONCE, 2);
    const before = usage(stage, scene);
    const sales = figuresOf([await sell(buy, AT_ONCE, seconds)]);
    const after = usage(stage, scene);
    costs.push({
      ...sales,
      stored: size,
      larderMs: (after.larder - before.larder) / sales.count,
      postgresMs: (after.postgres - before.postgres) / sales.count,
      readMs: await timeOf(http, (n) => `/api/transactions/history-${1 + ((n * 7919) % size)}`),
      searchMs: await timeOf(
        http,
        (n) => `/api/transactions/search?user=history-${Math.floor((1 + ((n * 7919) % size)) / 20)}`,
      ),
    });
  }
  http.close();
  await endings.close();

  report.table(
    'growth',
    `Cost of a purchase as the history grows (${AT_ONCE} at a time; processor ms are of Larder and of all of PostgreSQL)`,
    costs.map((cost) => ({
      stored: cost.stored,
      'purchases/s': cost.perSecond,
      'open p50 ms': cost.openP50,
      'Larder ms each': cost.larderMs,
      'PostgreSQL ms each': cost.postgresMs,
      'GET p50 ms': cost.readMs,
      'search p50 ms': cost.searchMs,
    })),
    [`each stored transaction has ${EVENTS_EACH} events and 1 line; ${MACHINES} machines, 20 transactions a customer.`],
  );
  const [few, many] = [costs[0], costs.at(-1)];
  if (few && many) {
    const growth = (many.larderMs + many.postgresMs) / (few.larderMs + few.postgresMs);
    report.goal({
      what: `processor time a purchase, ${many.stored.toLocaleString('en')} stored against 10`,
      measured: growth,
      unit: 'times',
      goal: { below: 1.25 },
    });
  }
  const { rows, faults } = await explainAll(scene.databaseUrl, HOT_STATEMENTS);
  report.table(
    'plans',
    `How PostgreSQL runs the hot statements with ${stored.toLocaleString('en')} stored (EXPLAIN)`,
    rows,
  );
  for (const fault of faults) report.fail(fault);
  await scene.stop();
}

function usage({ postgres }: Stage, { larder }: Scene) {
  return { larder: cpuMs(larder.pid), postgres: cpuMsOfFamily(postgres.pid) };
}

async function timeOf(http: Http, path: (n: number) => string): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < 200; n += 1) {
    const { status, ms } = await http.get(path(n));
    if (status !== 200) throw new Error(`${path(n)} answered ${status}.`);
    times.push(ms);
  }
  return median(times);
}
