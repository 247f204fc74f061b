/** Faults on demand. Each strikes the next `times` requests that it matches (one where absent), in the order of queueing. */
import { matches, type FaultKind, type QueuedFault } from './fault';

export interface FaultOptions {
  /** How many requests; one where absent. */
  readonly times?: number;
}
/** `hang` (where absent) leaves the caller to its own time-out; `cut` ends the socket, upon which stripe-node tries once more. */
export interface TimeoutOptions extends FaultOptions {
  readonly how?: 'hang' | 'cut';
}

export type Faults = ReturnType<typeof createFaults>['faults'];

export function createFaults(setRefundStatus: (status: 'succeeded' | 'pending' | 'failed') => void) {
  const queue: { pattern: string; fault: FaultKind; hits: number; left: number }[] = [];
  let downAs: 'cut' | 'unavailable' | undefined;

  const add = (pattern: string, fault: FaultKind, times = 1): QueuedFault => {
    const entry = { pattern, fault, hits: 0, left: times };
    queue.push(entry);
    return Object.assign(entry, { remove: () => void (entry.left = 0) });
  };
  const faults = {
    timeoutBefore: (pattern = '*', { times, how = 'hang' }: TimeoutOptions = {}) =>
      add(pattern, { kind: 'timeoutBefore', how }, times),
    timeoutAfter: (pattern = '*', { times, how = 'hang' }: TimeoutOptions = {}) =>
      add(pattern, { kind: 'timeoutAfter', how }, times),
    errorBefore: (status = 500, pattern = '*', { times }: FaultOptions = {}) =>
      add(pattern, { kind: 'errorBefore', status }, times),
    errorAfter: (status = 500, pattern = '*', { times }: FaultOptions = {}) =>
      add(pattern, { kind: 'errorAfter', status }, times),
    /** 429 for the next `times` requests. */
    rateLimit: (times = 1, pattern = '*') => add(pattern, { kind: 'rateLimit' }, times),
    /** 429 as for an object that another request holds. */
    lockTimeout: (pattern = '*', { times }: FaultOptions = {}) => add(pattern, { kind: 'lockTimeout' }, times),
    /** The next card is declined, e.g. with `insufficient_funds`, whichever it is. */
    decline: (declineCode = 'generic_decline', pattern = 'POST', { times }: FaultOptions = {}) =>
      add(pattern, { kind: 'verdict', verdict: { kind: 'decline', code: 'card_declined', declineCode } }, times),
    /** The next card wants authentication, whichever it is. */
    requiresAction: (pattern = 'POST', { times }: FaultOptions = {}) =>
      add(pattern, { kind: 'verdict', verdict: { kind: 'authenticate', unlessSetUp: false } }, times),
    /** Answers late; the key is in use meanwhile. */
    slow: (milliseconds: number, pattern = '*', { times }: FaultOptions = {}) =>
      add(pattern, { kind: 'slow', milliseconds }, times),
    /** Away until `down(false)`: `cut` ends every connection, `unavailable` answers 503. */
    down(isDown: boolean, how: 'cut' | 'unavailable' = 'cut'): void {
      downAs = isDown ? how : undefined;
    },
    /** What becomes of refunds from now on. */
    refunds: setRefundStatus,
    /** Forgets all that is queued, and is up. */
    clear(): void {
      for (const entry of queue) entry.left = 0;
      downAs = undefined;
      setRefundStatus('succeeded');
    },
  };
  /** The fault that strikes this request, if any. */
  const take = (method: string, path: string): FaultKind | undefined => {
    const entry = queue.find(({ pattern, left }) => left > 0 && matches(pattern, method, path));
    if (!entry) return undefined;
    entry.hits += 1;
    entry.left -= 1;
    return entry.fault;
  };
  return { faults, take, downAs: () => downAs };
}
