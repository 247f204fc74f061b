/** Customers who buy, one purchase after another, so many at a time. */
import { median, p99 } from '../statistics';

/** One purchase from the request for the door to its end. Throws where it did not end as it should. */
export type Purchase = (
  machine: string,
  customer: string,
) => Promise<{ readonly openMs: number; readonly totalMs: number }>;

/** What was sold in some time. */
export interface Sales {
  readonly opens: readonly number[];
  readonly totals: readonly number[];
  readonly seconds: number;
}

export interface Figures {
  readonly count: number;
  readonly perSecond: number;
  readonly openP50: number;
  readonly openP99: number;
  readonly totalP50: number;
}

/** Enough that a customer seldom comes again at once. */
const CUSTOMERS = 500;

/** Buys for that long at `M1` to `Mn`, with `atOnce` customers at different fridges at any time. */
export async function sell(buy: Purchase, atOnce: number, seconds: number): Promise<Sales> {
  const opens: number[] = [];
  const totals: number[] = [];
  let customers = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  const shopper = async (_: unknown, index: number) => {
    while (performance.now() < endsAt) {
      customers += 1;
      const { openMs, totalMs } = await buy(`M${index + 1}`, `customer-${customers % CUSTOMERS}`);
      opens.push(openMs);
      totals.push(totalMs);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, shopper));
  return { opens, totals, seconds: (performance.now() - startedAt) / 1000 };
}

/** Several rounds as one. Times in milliseconds. */
export function figuresOf(rounds: readonly Sales[]): Figures {
  const opens = rounds.flatMap((round) => round.opens);
  const totals = rounds.flatMap((round) => round.totals);
  return {
    count: totals.length,
    perSecond: totals.length / rounds.reduce((sum, round) => sum + round.seconds, 0),
    openP50: median(opens),
    openP99: p99(opens),
    totalP50: median(totals),
  };
}
