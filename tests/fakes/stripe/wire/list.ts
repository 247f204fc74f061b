/** Lists, newest first, a page at a time: https://docs.stripe.com/api/pagination */
import type Stripe from 'stripe';
import { invalid } from './problem';

export const listObject = <T>(data: T[], url: string, hasMore = false): Stripe.ApiList<T> => ({
  object: 'list',
  data,
  has_more: hasMore,
  url,
});

interface Page extends Stripe.PaginationParams {
  readonly created?: Stripe.RangeQueryParam | number;
}

/** One page of what passes the filter. `objects` oldest first. @throws Problem 400 for a limit outside 1 to 100. */
export function pageOf<T extends { id: string; created: number }>(objects: readonly T[], url: string, page: Page) {
  const { limit = 10, starting_after: after, ending_before: before, created } = page;
  if (limit < 1 || limit > 100) throw invalid('This value must be between 1 and 100.', { param: 'limit' });
  const newest = objects.filter((object) => isWithin(object.created, created)).reverse();
  const place = (id: string, param: string) => {
    const index = newest.findIndex((object) => object.id === id);
    if (index < 0) throw invalid(`No such object: '${id}'`, { code: 'resource_missing', param });
    return index;
  };
  if (before !== undefined) {
    const end = place(before, 'ending_before');
    const start = Math.max(0, end - limit);
    return listObject(newest.slice(start, end), url, start > 0);
  }
  const start = after === undefined ? 0 : place(after, 'starting_after') + 1;
  return listObject(newest.slice(start, start + limit), url, newest.length > start + limit);
}

function isWithin(created: number, wanted: Stripe.RangeQueryParam | number | undefined): boolean {
  if (wanted === undefined) return true;
  if (typeof wanted === 'number') return created === wanted;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = wanted;
  return created > gt && created >= gte && created < lt && created <= lte;
}
