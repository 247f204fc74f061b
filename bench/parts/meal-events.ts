/** How soon a fridge hears what to do about a meal that is touched, taken or put back: at 100 events a second, come what may. */
import type { Report } from '../report';
import { orderOf } from '../stage/fixtures';
import { equip, keyOf } from '../stage/fridge-day';
import { createHttp } from '../stage/http';
import { TOKEN } from '../stage/larder';
import { barcodeOf, fillShelves, MEALS } from '../stage/shelves';
import type { Stage } from '../stage/stage';
import { median, p99, percentile } from '../statistics';

const FRIDGES = 50;
const PER_SECOND = 100;
const ACTIONS = ['touched', 'taken', 'returned'] as const;

export async function measureMealEvents(stage: Stage, report: Report): Promise<void> {
  const [purchases, events] = stage.isQuick ? [200, 2000] : [2000, 10_000];
  const scene = await stage.scene({ machines: FRIDGES, autoplay: false });
  await equip(scene.sql, FRIDGES);
  await fillShelves(scene.sql, FRIDGES, purchases, events);
  const http = createHttp(scene.larder.url, TOKEN);
  for (let fridge = 1; fridge <= FRIDGES; fridge += 1) {
    const { status } = await http.post(`/api/machines/M${fridge}/open`, orderOf(`customer-${fridge}`));
    if (status !== 200) throw new Error(`POST open answered ${status}.`);
  }

  const signals = new Map<string, number>();
  const send = async (n: number): Promise<number> => {
    const fridge = 1 + (n % FRIDGES);
    const round = Math.floor(n / FRIDGES);
    const event = {
      barcode: barcodeOf(fridge, 1 + (Math.floor(round / ACTIONS.length) % MEALS)),
      action: ACTIONS[round % ACTIONS.length],
      at: new Date().toISOString(),
      id: `bench-${n}`,
    };
    const { status, body, ms } = await http.post(`/api/machines/M${fridge}/meal-events`, event, keyOf(fridge));
    if (status !== 200) throw new Error(`An event was answered ${status}: ${JSON.stringify(body)}`);
    const { signal } = body as { signal: string };
    signals.set(signal, (signals.get(signal) ?? 0) + 1);
    return ms;
  };
  const warm = PER_SECOND * 3;
  await atRate(0, warm, send);
  signals.clear();
  const times = await atRate(warm, PER_SECOND * (stage.isQuick ? 10 : 30), send);
  http.close();
  await scene.stop();

  report.table(
    'meal-events',
    `POST meal-events, ${PER_SECOND} a second at ${FRIDGES} fridges with open doors, ${FRIDGES * purchases} purchases and ${FRIDGES * events} events before`,
    [
      {
        events: times.length,
        'p50 ms': median(times),
        'p95 ms': percentile(times, 0.95),
        'p99 ms': p99(times),
        'slowest ms': Math.max(...times),
        ...Object.fromEntries(signals),
      },
    ],
    ['Each event leaves at its time, whether the one before it was answered or not.'],
  );
  report.goal({ what: 'the answer to a meal event, p99', measured: p99(times), unit: 'ms', goal: { below: 50 } });
}

/** Starts one every hundredth of a second; answers how long each took, from when it should have left. */
async function atRate(from: number, count: number, send: (n: number) => Promise<number>): Promise<number[]> {
  const startedAt = performance.now();
  const running: Promise<number>[] = [];
  for (let n = 0; n < count; n += 1) {
    const due = startedAt + (n * 1000) / PER_SECOND;
    const early = due - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    const late = Math.max(0, performance.now() - due);
    running.push(send(from + n).then((ms) => ms + late));
  }
  return Promise.all(running);
}
