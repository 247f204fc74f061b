import type Stripe from 'stripe';

/** Adds keys to what is there; a key that is sent empty is unset, and so are all where `metadata` itself is. */
export function mergeMetadata(
  known: Stripe.Metadata | null,
  sent: Record<string, string | number | null> | '' | null,
): Stripe.Metadata {
  const isEmpty = sent === '' || sent === null || Object.keys(sent).length === 0;
  if (isEmpty) return {};
  const merged = { ...known, ...Object.fromEntries(Object.entries(sent).map(([key, value]) => [key, String(value)])) };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''));
}

/** The metadata of something new. */
export const asMetadata = (sent: Stripe.MetadataParam | '' | null | undefined): Stripe.Metadata =>
  mergeMetadata({}, sent ?? '');
