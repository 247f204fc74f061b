/** https://docs.stripe.com/api/events: kept for 30 days. */
import type Stripe from 'stripe';
import { pageOf } from '../wire/list';
import { listOf, paging, range, text } from '../wire/params';
import { invalid, missing } from '../wire/problem';
import { route } from './route';

const KEPT_SECONDS = 30 * 86_400;

export const eventRoutes = [
  route<Stripe.EventRetrieveParams>({
    at: 'GET /v1/events/:id',
    takes: {},
    run({ account }, _params, id = '') {
      const event = account.events.get(id);
      if (!event) throw missing('event', id);
      return event;
    },
  }),
  route<Stripe.EventListParams>({
    at: 'GET /v1/events',
    takes: { ...paging, created: range, type: text, types: listOf(text) },
    run({ account }, { type, types, ...page }) {
      if (type && types) throw invalid('You may only specify one of these parameters: type, types.');
      if (types && types.length > 20) throw invalid('You may specify at most 20 types.', { param: 'types' });
      const wanted = types ?? (type ? [type] : undefined);
      const oldest = account.time.seconds() - KEPT_SECONDS;
      const found = account.events
        .all()
        .filter(({ created }) => created >= oldest)
        .filter((event) => !wanted || wanted.some((pattern) => isOfType(event.type, pattern)));
      return pageOf(found, '/v1/events', page);
    },
  }),
];

const isOfType = (type: string, pattern: string) =>
  pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
