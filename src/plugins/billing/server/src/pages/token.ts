import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a signed link opens. A link of one kind opens nothing of another. */
export type PageKind = 'checkout' | 'return' | 'receipt' | 'checkout-receipt';

/** The signature that opens one page: 43 characters, fit for a URL. */
export function pageToken(kind: PageKind, id: string, secret: string): string {
  return createHmac('sha256', secret).update(`larder-page:${kind}:${id}`).digest('base64url');
}

/** Whether `token` opens that page. Takes the same time for every wrong one. */
export function opensPage(token: unknown, kind: PageKind, id: string, secret: string): boolean {
  if (typeof token !== 'string') return false;
  const given = Buffer.from(token);
  const right = Buffer.from(pageToken(kind, id, secret));
  return given.length === right.length && timingSafeEqual(given, right);
}
