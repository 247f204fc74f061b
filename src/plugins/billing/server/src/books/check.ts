/** The check of the books: payments, purchases, ledger and Stripe's balance say the same, or a person is told where not. */
import type { JobHandler } from '../../../../../shared/queue';
import { money } from '../core/alerts';
import type { Difference } from '../core/difference';
import type { BillingParts } from '../core/parts';
import { findSpan, moveCursor } from '../store/cursors';
import { compareOwnBooks } from './compare-payments';
import { compareWithStripe, type StripeBooks } from './compare-stripe';

export interface BooksReport {
  readonly differences: readonly Difference[];
  readonly stripe: Omit<StripeBooks, 'differences'>;
}

/** Younger movements may still have their webhook or the sweep on the way to us. Minutes. */
const IN_FLIGHT_MINUTES = 60;

export type BooksParts = Pick<BillingParts, 'database' | 'notifier' | 'queue'> & {
  /** Null where there is no Stripe to ask: then only our own books are compared. */
  readonly call: BillingParts['call'] | null;
  readonly inFlightMinutes?: number;
};

/**
 * Stripe first: the fees that it adds belong to our own books.
 * @throws {StripeNotNow} where Stripe does not answer.
 */
export async function checkBooks({
  call,
  inFlightMinutes = IN_FLIGHT_MINUTES,
  ...parts
}: BooksParts): Promise<BooksReport> {
  const span = await findSpan(parts.database, inFlightMinutes);
  const stripe =
    span && call
      ? await compareWithStripe(span, { call, database: parts.database })
      : { differences: [], movements: 0, fees: 0, newest: null };
  const differences = [...stripe.differences, ...(await compareOwnBooks(parts.database))];
  // What Stripe contradicts is looked at again until it is put right.
  if (stripe.newest && stripe.differences.length === 0) await moveCursor(parts.database, stripe.newest);
  await tell(differences, parts);
  return { differences, stripe: { movements: stripe.movements, fees: stripe.fees, newest: stripe.newest } };
}

export function createBooksHandler(parts: BooksParts & Pick<BillingParts, 'log'>): JobHandler {
  return async () => {
    const { differences, stripe } = await checkBooks(parts);
    const seen = `${stripe.movements} movements at Stripe, ${stripe.fees} fees added`;
    parts.log.info(`The books were checked: ${differences.length} differences, ${seen}.`);
  };
}

/** One alert a payment and day, however many rules it breaks. */
async function tell(
  differences: readonly Difference[],
  { database, notifier, queue }: Omit<BooksParts, 'call'>,
): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  const firsts = new Map([...differences].reverse().map((difference) => [difference.paymentKey, difference]));
  const jobs = [...firsts].map(([key, { machineId, transactionId, customerId }]) =>
    notifier.raise({
      cause: 'ledger_mismatch',
      severity: 'urgent',
      occurrence: `${key}:ledger:${day}`,
      machineId,
      transactionId,
      customerId,
      message: differences
        .filter(({ paymentKey }) => paymentKey === key)
        .map(sentenceOf)
        .join(' '),
      vendorMessage: null,
    }),
  );
  await queue.send(database, jobs);
}

/** E.g. `purchase:abc, captured: 8 EUR expected, 7 EUR in the books.` */
export function sentenceOf({ paymentKey, rule, expected, found, currency }: Difference): string {
  return `${paymentKey}, ${rule}: ${money(expected, currency)} expected, ${money(found, currency)} in the books.`;
}
