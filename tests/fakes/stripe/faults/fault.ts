import type { CardBehaviour } from '../account/cards';

export type FaultKind =
  /** The request never arrives: no effect, no answer. */
  | { readonly kind: 'timeoutBefore'; readonly how: 'hang' | 'cut' }
  /** All happens, and nobody is told. */
  | { readonly kind: 'timeoutAfter'; readonly how: 'hang' | 'cut' }
  /** Refused before anything happens: nothing is kept under the key. */
  | { readonly kind: 'errorBefore'; readonly status: number }
  /** All happens, the answer is an error, and that is kept under the key. */
  | { readonly kind: 'errorAfter'; readonly status: number }
  | { readonly kind: 'rateLimit' }
  | { readonly kind: 'lockTimeout' }
  | { readonly kind: 'slow'; readonly milliseconds: number }
  | { readonly kind: 'verdict'; readonly verdict: CardBehaviour };

/** A fault in the queue; tells how often it struck. */
export interface QueuedFault {
  readonly hits: number;
  /** How many more requests it will strike. */
  readonly left: number;
  remove(): void;
}

// Which requests: `POST /v1/payment_intents/*/capture`, a method alone, or `*` for all. A `*` in a path is one part of it.
export function matches(pattern: string, method: string, path: string): boolean {
  if (pattern === '*') return true;
  const [wantedMethod = '', wantedPath] = pattern.split(' ');
  if (wantedMethod !== '*' && wantedMethod !== method) return false;
  if (wantedPath === undefined) return true;
  const escaped = wantedPath.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]+');
  return new RegExp(`^${escaped}$`).test(path);
}
