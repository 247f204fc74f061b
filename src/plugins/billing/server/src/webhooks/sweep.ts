/**
 * What no webhook told: Stripe keeps its events for 30 days, and lists them. Each run goes on where the last one stopped, in
 * slices of time, because a list begins with the newest: what is read of a slice is only worth something when all is.
 */
import type Stripe from 'stripe';
import type { BillingParts } from '../core/parts';
import { isActedOn } from './apply';
import { moveCursor, startCursor } from './cursor';
import type { StripeEvent } from './event';
import { fitSlice, nextSlice, type Slice } from './slices';
import { takeIn } from './take-in';

/** Requests to Stripe in one run. */
const MOST_REQUESTS = 20;
const PAGE = 100;
/** A slice with more pages than this is read in smaller ones. */
const MOST_PAGES = 5;
/** Seconds. */
const LONGEST_SLICE = 86_400;

export function createEventSweep(parts: BillingParts): () => Promise<void> {
  // Kept from run to run: what was found to be too much in one go is not tried again each time.
  let span = LONGEST_SLICE;
  return async () => {
    const { reached: start, now } = await startCursor(parts.database);
    let reached = start;
    let requests = 0;
    while (requests < MOST_REQUESTS) {
      const slice = nextSlice(reached, span, now);
      const read = await readSlice(slice, span, parts);
      requests += read.requests;
      if (read.kind === 'not_now') return;
      if (read.kind === 'too_full') {
        span = fitSlice(Math.min(span, now - reached));
        continue;
      }
      for (let at = 0; at < read.events.length; at += PAGE) {
        await takeIn(read.events.slice(at, at + PAGE), 'sweep', null, parts);
      }
      if (slice.to === null) return moveCursor(parts.database, now);
      await moveCursor(parts.database, slice.to);
      reached = slice.to;
      span = Math.min(span * 2, LONGEST_SLICE);
    }
  };
}

type Read =
  | { readonly kind: 'read'; readonly requests: number; readonly events: readonly StripeEvent[] }
  | { readonly kind: 'too_full'; readonly requests: number }
  | { readonly kind: 'not_now'; readonly requests: number };

async function readSlice({ from, to }: Slice, span: number, { call }: BillingParts): Promise<Read> {
  const events: StripeEvent[] = [];
  let after: string | undefined;
  for (let requests = 1; ; requests += 1) {
    const params: Stripe.EventListParams = {
      created: to === null ? { gte: from } : { gte: from, lte: to },
      limit: PAGE,
      ...(after !== undefined && { starting_after: after }),
    };
    const answer = await call((stripe) => stripe.events.list(params));
    if (answer.kind !== 'ok') return { kind: 'not_now', requests };
    const { data, has_more: hasMore } = answer.value;
    events.push(...data.filter(({ type }) => isActedOn(type)).map((event) => ({ ...event, payload: event })));
    after = data.at(-1)?.id;
    if (!hasMore || after === undefined) return { kind: 'read', requests, events };
    if (requests >= MOST_PAGES && span > 1) return { kind: 'too_full', requests };
  }
}
