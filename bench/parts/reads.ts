/** `GET /api/transactions/:id`, which every customer at a fridge polls: against Strapi's stock route and against Fastify. */
import autocannon from 'autocannon';
import type { Report } from '../report';
import { buyAt } from '../stage/buy';
import { watchEndings } from '../stage/endings';
import { startFastify } from '../stage/fastify';
import { createHttp } from '../stage/http';
import { TOKEN } from '../stage/larder';
import { sell } from '../stage/shop';
import type { Stage } from '../stage/stage';
import { startStock } from '../stage/stock';
import { median } from '../statistics';

const CONNECTIONS = 10;
const POPULATE = '?populate[machine]=true&populate[user]=true&populate[lines]=true';

interface Target {
  readonly name: string;
  readonly url: string;
  readonly token: string;
  path(id: string): string;
  readonly perSecond: number[];
  readonly p50: number[];
  readonly p99: number[];
}

export async function measureReads(stage: Stage, report: Report): Promise<void> {
  const rounds = stage.isQuick ? 2 : 5;
  const seconds = stage.isQuick ? 3 : 4;
  const scene = await stage.scene({ machines: 10, autoplay: true });
  const http = createHttp(scene.larder.url, TOKEN);
  const endings = await watchEndings(scene.databaseUrl);
  await sell(buyAt(http, endings), 10, 3);
  http.close();
  await endings.close();
  const ids = await scene.sql.rows<{ id: string }>(
    `select document_id as id from transactions where state = 'completed' order by id limit 100`,
  );
  const stock = await startStock(stage, scene.databaseUrl, scene.cloud.url);
  const fastify = await startFastify(stage, scene.databaseUrl);

  const target = (name: string, url: string, token: string, path: Target['path']): Target => ({
    name,
    url,
    token,
    path,
    perSecond: [],
    p50: [],
    p99: [],
  });
  const larder = target('Larder', scene.larder.url, TOKEN, (id) => `/api/transactions/${id}`);
  const bare = target('Fastify + pg, same SQL, no token', fastify.url, TOKEN, (id) => `/api/transactions/${id}`);
  const stockRoute = target(
    'Strapi’s stock route, populate',
    stock.url,
    stock.token,
    (id) => `/api/stock/${id}${POPULATE}`,
  );
  const targets = [larder, bare, stockRoute];

  for (const each of targets) await shoot(each, 2, ids);
  for (const each of targets) each.perSecond.length = each.p50.length = each.p99.length = 0;
  // In turns, so that a slower minute of the machine meets all of them.
  for (let round = 0; round < rounds; round += 1) for (const each of targets) await shoot(each, seconds, ids);
  await stock.stop();
  await fastify.stop();
  await scene.stop();

  const rate = ({ perSecond }: Target) => median(perSecond);
  report.table(
    'reads',
    `GET /api/transactions/:id, ${CONNECTIONS} connections, ${ids.length} completed purchases, median of ${rounds} rounds`,
    targets.map((each) => ({
      who: each.name,
      'requests/s': rate(each),
      'p50 ms': median(each.p50),
      'p99 ms': median(each.p99),
      'Larder is': `${(rate(larder) / rate(each)).toFixed(2)} ×`,
    })),
  );
  report.goal({
    what: 'GET /api/transactions/:id against the stock route',
    measured: rate(larder) / rate(stockRoute),
    unit: 'times',
    goal: { atLeast: 10 },
  });
  report.goal({
    what: 'GET /api/transactions/:id against Fastify',
    measured: rate(larder) / rate(bare),
    unit: 'times',
    goal: { atLeast: 0.5 },
  });
}

async function shoot(target: Target, seconds: number, ids: readonly { id: string }[]): Promise<void> {
  const { requests, latency, non2xx, errors, timeouts } = await autocannon({
    url: target.url,
    connections: CONNECTIONS,
    duration: seconds,
    headers: { authorization: `Bearer ${target.token}` },
    requests: ids.map(({ id }) => ({ path: target.path(id) })),
  });
  if (non2xx + errors + timeouts > 0)
    throw new Error(`${target.name}: ${non2xx} refused, ${errors} errors, ${timeouts} timeouts.`);
  target.perSecond.push(requests.average);
  target.p50.push(latency.p50);
  target.p99.push(latency.p99);
}
