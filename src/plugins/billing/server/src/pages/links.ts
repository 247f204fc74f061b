import type { Front } from '../core/front';
import { pageToken, type PageKind } from './token';

const PATHS: Readonly<Record<PageKind, (id: string) => string>> = {
  checkout: (id) => `/billing/checkout/${encodeURIComponent(id)}?`,
  return: (id) => `/billing/return?checkout=${encodeURIComponent(id)}&`,
  receipt: (id) => `/billing/receipt/${encodeURIComponent(id)}?`,
  'checkout-receipt': (id) => `/billing/receipt/${encodeURIComponent(id)}?`,
};

/** The signed address of a page: whoever has it may see the page, without a log-in. */
export function pageLink(
  kind: PageKind,
  id: string,
  { publicUrl, pageSecret }: Pick<Front, 'publicUrl' | 'pageSecret'>,
) {
  return `${publicUrl}${PATHS[kind](id)}token=${pageToken(kind, id, pageSecret)}`;
}
