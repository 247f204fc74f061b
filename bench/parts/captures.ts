/** Captures: how many a second, against a client that does nothing else, and how long after the door is closed. */
import type { Report } from '../report';
import type { Row } from '../table';
import { createHttp } from '../stage/http';
import { TOKEN } from '../stage/larder';
import type { Scene, Stage } from '../stage/stage';
import { startBenchStripe, type BenchStripe } from '../stage/stripe';
import { median, p99 } from '../statistics';

const CEILING = 10_000;
/** As many jobs as Larder's own worker settles at a time. */
const BARE_AT_ONCE = 8;
const PATIENCE_MS = 60_000;

/** One visit of customers, each at a fridge of their own, who close their doors together. */
interface Visit {
  readonly customers: number;
  readonly seconds: number;
  /** From the close of each door to its capture, as stored. */
  readonly delays: readonly number[];
}

export async function measureCaptures(stage: Stage, report: Report): Promise<void> {
  const rounds = stage.isQuick ? 2 : 4;
  const crowd = stage.isQuick ? 100 : 300;
  const stripe = await startBenchStripe(stage.processes, stage.project);
  const env = { ...stripe.env, VENDRON_CONNECTIONS_MAX: String(crowd + 100) };
  const scene = await stage.scene({ machines: crowd, autoplay: false, env });
  stripe.deliverTo(scene.larder.url);
  const cards = await atATime(20, crowd, (n) => stripe.saveCard(`customer-${n + 1}`));

  const visits = { one: [] as Visit[], crowd: [] as Visit[] };
  const bare: number[] = [];
  await visit(scene, cards.slice(0, 20)); // the compiler's warm-up
  // In turns, so that a slower minute of the machine meets all of them.
  for (let round = 0; round < rounds; round += 1) {
    for (let n = 0; n < 10; n += 1) visits.one.push(await visit(scene, cards.slice(0, 1)));
    visits.crowd.push(await visit(scene, cards));
    bare.push(await captureBare(stripe, cards));
  }
  await scene.stop();
  await stripe.stop();
  tell(report, visits, crowd, bare);
}

function tell(report: Report, visits: Record<'one' | 'crowd', Visit[]>, crowd: number, bare: readonly number[]): void {
  const perSecond = crowd / median(visits.crowd.map(({ seconds }) => seconds));
  const rows = [visits.one, visits.crowd].map((some): Row => {
    const delays = some.flatMap((each) => each.delays);
    const isCrowd = some === visits.crowd;
    return {
      'doors closed at once': some[0]?.customers ?? 0,
      'close to captured p50 ms': median(delays),
      'close to captured p99 ms': p99(delays),
      'captures/s': isCrowd ? perSecond : '–',
      'bare captures/s': isCrowd ? median(bare) : '–',
      ratio: isCrowd ? perSecond / median(bare) : '–',
    };
  });
  report.table('captures', 'Captures against the fake Stripe, from the close of the door', rows, [
    'captures/s: from the first door closed to the last capture stored, the completions, the ledger and the webhooks included;',
    `bare: stripe-node alone, ${BARE_AT_ONCE} captures at a time of as many intents, nothing stored.`,
  ]);
}

/** Opens a fridge for each card, has all of them closed together, and waits until the last is charged. */
async function visit(scene: Scene, cards: readonly { readonly cardId: string }[]): Promise<Visit> {
  const http = createHttp(scene.larder.url, TOKEN);
  const ids = await atATime(20, cards.length, async (n) => {
    const customer = `customer-${n + 1}`;
    const { status, body } = await http.post(`/api/machines/M${n + 1}/open`, {
      user: { id: customer, email: `${customer}@example.com` },
      payment: { paymentMethodId: cards[n]?.cardId, amount: CEILING, currency: 'EUR' },
    });
    if (status !== 200) throw new Error(`POST open answered ${status}: ${JSON.stringify(body)}`);
    return (body as { id: string }).id;
  });
  http.close();
  await scene.cloud.finish(ids.map((_, n) => `M${n + 1}`));
  return captured(scene, ids);
}

const CAPTURED = `
select extract(epoch from e.received_at - t.closed_at)::float * 1000 as delay,
  extract(epoch from max(e.received_at) over () - min(t.closed_at) over ())::float as seconds
from transactions t
join events_transaction_lnk l on l.transaction_id = t.id
join events e on e.id = l.event_id and e.name = 'payment.captured'
where t.document_id = any($1)`;

async function captured({ sql }: Scene, ids: readonly string[]): Promise<Visit> {
  const endsAt = performance.now() + PATIENCE_MS;
  for (;;) {
    const rows = await sql.rows<{ delay: number; seconds: number }>(CAPTURED, [ids]);
    if (rows.length === ids.length) {
      return { customers: ids.length, seconds: rows[0]?.seconds ?? NaN, delays: rows.map(({ delay }) => delay) };
    }
    if (performance.now() > endsAt) throw new Error(`${ids.length - rows.length} purchases were not charged.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Captures a second of a client that only captures. */
async function captureBare(
  { client }: BenchStripe,
  cards: readonly { readonly cardId: string; readonly customerId: string }[],
): Promise<number> {
  const intents = await atATime(20, cards.length, async (n) => {
    const { cardId = '', customerId = '' } = cards[n] ?? {};
    return client.paymentIntents.create({
      amount: CEILING,
      currency: 'eur',
      capture_method: 'manual',
      confirm: true,
      off_session: true,
      customer: customerId,
      payment_method: cardId,
    });
  });
  const startedAt = performance.now();
  await atATime(BARE_AT_ONCE, intents.length, (n) =>
    client.paymentIntents.capture(intents[n]?.id ?? '', { amount_to_capture: 1000 }),
  );
  return intents.length / ((performance.now() - startedAt) / 1000);
}

/** Does something `count` times, so many at a time; answers in order. */
async function atATime<Value>(atOnce: number, count: number, work: (n: number) => Promise<Value>): Promise<Value[]> {
  const values: Value[] = [];
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < count; n = next++) values[n] = await work(n);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
  return values;
}
