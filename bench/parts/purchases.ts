/** Purchases from the request to their end, and what Larder adds to a door's own time. */
import type { Report } from '../report';
import { measureRoundTrip } from '../stage/bare-client';
import { buyAt } from '../stage/buy';
import { watchEndings } from '../stage/endings';
import { createHttp } from '../stage/http';
import { TOKEN } from '../stage/larder';
import { sell, type Sales } from '../stage/shop';
import type { Stage } from '../stage/stage';
import { sellByAdapter } from '../stage/stock';

const AT_ONCE = [1, 10, 50] as const;

export async function measurePurchases(stage: Stage, report: Report): Promise<void> {
  const seconds = stage.isQuick ? 4 : 12;
  const scene = await stage.scene({ machines: 50, autoplay: true });
  const http = createHttp(scene.larder.url, TOKEN);
  const endings = await watchEndings(scene.databaseUrl);
  const buy = buyAt(http, endings);
  await sell(buy, 10, seconds / 2); // the compiler's warm-up, and the customers' first purchases
  const sales = new Map<number, Sales>();
  for (const atOnce of AT_ONCE) sales.set(atOnce, await sell(buy, atOnce, seconds));

  const trips = new Map([1, 10].map((atOnce) => [atOnce, { atOnce, p50: NaN, p99: NaN }]));
  for (const atOnce of trips.keys()) {
    trips.set(atOnce, { atOnce, ...(await measureRoundTrip(scene.cloud.url, atOnce, Math.min(seconds, 5))) });
  }
  http.close();
  await endings.close();
  await scene.larder.stop();
  const adapter = await sellByAdapter(stage, scene, AT_ONCE, seconds);
  await scene.stop();

  report.table(
    'purchases',
    'Purchases end to end (POST open → door → products → completion stored)',
    AT_ONCE.map((atOnce) => ({
      'at a time': atOnce,
      'purchases/s': sales.get(atOnce)?.perSecond ?? NaN,
      'open p50 ms': sales.get(atOnce)?.openP50 ?? NaN,
      'open p99 ms': sales.get(atOnce)?.openP99 ?? NaN,
      'to the end p50 ms': sales.get(atOnce)?.totalP50 ?? NaN,
      'adapter/s': adapter.get(atOnce)?.perSecond ?? NaN,
      'adapter open p50 ms': adapter.get(atOnce)?.openP50 ?? NaN,
      ratio: (sales.get(atOnce)?.perSecond ?? NaN) / (adapter.get(atOnce)?.perSecond ?? NaN),
    })),
    [
      'adapter: one new WebSocket a command, each frame written by the Document Service, one after another (bench/children/adapter.ts)',
    ],
  );
  report.table(
    'open-delay',
    'What POST open adds to the cloud’s own request and door, ms',
    [...trips.values()].map(({ atOnce, p50, p99 }) => ({
      'at a time': atOnce,
      'bare p50': p50,
      'bare p99': p99,
      'open p50': sales.get(atOnce)?.openP50 ?? NaN,
      'open p99': sales.get(atOnce)?.openP99 ?? NaN,
      'added p50': (sales.get(atOnce)?.openP50 ?? NaN) - p50,
      'added p99': (sales.get(atOnce)?.openP99 ?? NaN) - p99,
    })),
  );

  const best = Math.max(...[...sales.values()].map(({ perSecond }) => perSecond));
  const bestOfAdapter = Math.max(...[...adapter.values()].map(({ perSecond }) => perSecond));
  report.goal({
    what: 'purchases against the adapter measured here',
    measured: best / bestOfAdapter,
    unit: 'times',
    goal: { atLeast: 10 },
  });
  report.goal({
    what: 'purchases against ten times the original’s 20/s (a reference)',
    measured: best,
    unit: 'per second',
    goal: { atLeast: 200 },
  });
  report.goal({
    what: 'what open adds, one at a time, p50',
    measured: (sales.get(1)?.openP50 ?? NaN) - (trips.get(1)?.p50 ?? NaN),
    unit: 'ms',
    goal: { below: 10 },
  });
}
