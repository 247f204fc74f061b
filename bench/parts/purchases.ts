/** Purchases from the request to their end, and what Larder adds to a door's own time. */
import type { Report } from '../report';
import { timeRoundTrips } from '../stage/bare-client';
import { buyAt } from '../stage/buy';
import { watchEndings } from '../stage/endings';
import { createHttp } from '../stage/http';
import { TOKEN } from '../stage/larder';
import { figuresOf, sell, type Figures, type Purchase, type Sales } from '../stage/shop';
import type { Stage } from '../stage/stage';
import { buyByAdapter, startStock } from '../stage/stock';
import { cpuMs, cpuMsOfFamily } from '../stage/usage';
import { median, p99 } from '../statistics';

const AT_ONCE = [1, 10, 50] as const;
type AtOnce = (typeof AT_ONCE)[number];

/** Who sells, and what was sold so far. */
interface Seller {
  readonly buy: Purchase;
  readonly pid: number;
  readonly rounds: Map<AtOnce, Sales[]>;
  /** Processor time of the seller and of PostgreSQL, over all that was sold. */
  readonly cpu: Map<AtOnce, number>;
}

export async function measurePurchases(stage: Stage, report: Report): Promise<void> {
  const rounds = stage.isQuick ? 2 : 4;
  const seconds = stage.isQuick ? 2 : 4;
  const scene = await stage.scene({ machines: 50, autoplay: true });
  const stock = await startStock(stage, scene.databaseUrl, scene.cloud.url);
  const endings = await watchEndings(scene.databaseUrl);
  const http = { larder: createHttp(scene.larder.url, TOKEN), stock: createHttp(stock.url, stock.token) };
  const larder = sellerOf(buyAt(http.larder, endings), scene.larder.pid);
  const adapter = sellerOf(buyByAdapter(http.stock, stock), stock.pid);

  // The compiler's warm-up, and the customers' first purchases.
  for (const { buy } of [larder, adapter]) await sell(buy, 10, 2 * seconds);
  const trips = new Map<number, number[]>([1, 10].map((atOnce) => [atOnce, []]));
  // In turns, so that a slower minute of the machine meets all of them.
  for (let round = 0; round < rounds; round += 1) {
    for (const atOnce of AT_ONCE) for (const seller of [larder, adapter]) await work(seller, atOnce, seconds, stage);
    for (const [atOnce, times] of trips) times.push(...(await timeRoundTrips(scene.cloud.url, atOnce, seconds / 2)));
  }
  http.larder.close();
  http.stock.close();
  await endings.close();
  await stock.stop();
  await scene.stop();

  tell(report, larder, adapter);
  tellDelay(report, larder, trips);
}

function sellerOf(buy: Purchase, pid: number): Seller {
  return { buy, pid, rounds: new Map(AT_ONCE.map((each) => [each, []])), cpu: new Map() };
}

async function work(seller: Seller, atOnce: AtOnce, seconds: number, { postgres }: Stage): Promise<void> {
  const used = () => cpuMs(seller.pid) + cpuMsOfFamily(postgres.pid);
  const before = used();
  seller.rounds.get(atOnce)?.push(await sell(seller.buy, atOnce, seconds));
  seller.cpu.set(atOnce, (seller.cpu.get(atOnce) ?? 0) + used() - before);
}

function figures(seller: Seller, atOnce: AtOnce): Figures & { readonly cpuEach: number } {
  const all = figuresOf(seller.rounds.get(atOnce) ?? []);
  return { ...all, cpuEach: (seller.cpu.get(atOnce) ?? NaN) / all.count };
}

function tell(report: Report, larder: Seller, adapter: Seller): void {
  const rows = AT_ONCE.flatMap((atOnce) =>
    [larder, adapter].map((seller) => {
      const { perSecond, openP50, openP99, totalP50, cpuEach } = figures(seller, atOnce);
      return {
        'at a time': atOnce,
        who: seller === larder ? 'Larder' : 'adapter',
        'purchases/s': perSecond,
        'open p50 ms': openP50,
        'open p99 ms': openP99,
        'to the end p50 ms': totalP50,
        'processor ms each': cpuEach,
      };
    }),
  );
  report.table('purchases', 'Purchases end to end (POST open → door → products → completion stored)', rows, [
    'adapter: one new WebSocket a command, each frame written by the Document Service, one after another',
    '(bench/children/adapter.ts); processor ms: of Larder or the adapter, and of all of PostgreSQL.',
  ]);
  const best = (seller: Seller) => Math.max(...AT_ONCE.map((atOnce) => figures(seller, atOnce).perSecond));
  report.goal({
    what: 'purchases per second against the adapter’s, each at its best',
    measured: best(larder) / best(adapter),
    unit: 'times',
    goal: { atLeast: 10 },
  });
  report.goal({
    what: 'purchases, ten times the original’s 20/s (a reference, not measured here)',
    measured: best(larder),
    unit: 'per second',
    goal: { atLeast: 200 },
  });
}

function tellDelay(report: Report, larder: Seller, trips: ReadonlyMap<number, readonly number[]>): void {
  const rows = AT_ONCE.flatMap((atOnce) => {
    const times = trips.get(atOnce);
    if (!times) return [];
    const { openP50, openP99 } = figures(larder, atOnce);
    const bare = { p50: median(times), p99: p99(times) };
    return {
      'at a time': atOnce,
      'bare p50': bare.p50,
      'bare p99': bare.p99,
      'open p50': openP50,
      'open p99': openP99,
      'added p50': openP50 - bare.p50,
      'added p99': openP99 - bare.p99,
    };
  });
  report.table('open-delay', 'What POST open adds to the cloud’s own request and door, ms', rows, [
    'bare: a plain WebSocket client that asks for the session and the door, and stores nothing.',
  ]);
  report.goal({
    what: 'what open adds, one at a time, p50',
    measured: rows[0]?.['added p50'] ?? NaN,
    unit: 'ms',
    goal: { below: 10 },
  });
}
