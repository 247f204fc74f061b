/**
 * What no webhook told: Stripe keeps its events for 30 days, and lists them. Each run goes on where the last one stopped, in
 * slices of time, because a list begins with the newest: how far a sweep has come can only be said when all of a slice is read.
 */
import type Stripe from 'stripe';
import type { BillingParts } from '../core/parts';
import { isActedOn } from './apply';
import { moveCursor, startCursor } from './cursor';
import { fitSlice, nextSlice, type Slice } from './slices';
import { takeIn } from './take-in';

/** Requests to Stripe in one run; the slice at hand is read to its end. */
const MOST_REQUESTS = 20;
const PAGE = 100;
/** A slice with more pages than this is read in smaller ones. */
const MOST_PAGES = 5;
/** Seconds. */
const LONGEST_SLICE = 86_400;

export function createEventSweep(parts: BillingParts): () => Promise<void> {
  // Kept from run to run: what was found to be too much in one go, and where a run that had enough left off.
  let span = LONGEST_SLICE;
  let leftOff: number | null = null;
  return async () => {
    const { reached: start, now } = await startCursor(parts.database);
    let reached = Math.max(start, leftOff ?? start);
    leftOff = null;
    for (let requests = 0; requests < MOST_REQUESTS;) {
      const slice = nextSlice(reached, span, now);
      const read = await readSlice(slice, span > 1, parts);
      if (read.kind === 'not_now') return;
      requests += read.requests;
      if (read.kind === 'too_full') {
        span = fitSlice(Math.min(span, now - reached));
        continue;
      }
      await moveCursor(parts.database, slice.to ?? now);
      if (slice.to === null) return;
      reached = slice.to;
      span = Math.min(span * 2, LONGEST_SLICE);
    }
    leftOff = reached;
  };
}

type Read = { readonly kind: 'read' | 'too_full'; readonly requests: number } | { readonly kind: 'not_now' };

/** Takes in all of a slice, or the newest part of one that is too full: it comes again, and harms nothing. */
async function readSlice({ from, to }: Slice, mayBeCut: boolean, parts: BillingParts): Promise<Read> {
  let after: string | undefined;
  for (let requests = 1; ; requests += 1) {
    const params: Stripe.EventListParams = {
      created: to === null ? { gte: from } : { gte: from, lte: to },
      limit: PAGE,
      ...(after !== undefined && { starting_after: after }),
    };
    const answer = await parts.call((stripe) => stripe.events.list(params));
    if (answer.kind !== 'ok') return { kind: 'not_now' };
    const { data, has_more: hasMore } = answer.value;
    const events = data.filter(({ type }) => isActedOn(type)).map((event) => ({ ...event, payload: event }));
    await takeIn(events, 'sweep', null, parts);
    after = data.at(-1)?.id;
    if (!hasMore || after === undefined) return { kind: 'read', requests };
    if (requests >= MOST_PAGES && mayBeCut) return { kind: 'too_full', requests };
  }
}
