/** What every call on an open restock has in common: whose it is, whether it is open, and that it counts once. */
import { fingerprint } from '../../../../../shared/http';
import type { MealsParts } from '../core/parts';
import type { Fault, Restock } from '../core/restock';
import { findRestockCall, keepRestockCall } from '../store/restock-calls';
import { findRestock, lockRestock } from '../store/restocks';
import { inTurn, type Turn } from './turn';

export interface RestockOrder<Body> {
  /** A documentId. */
  readonly restockId: string;
  /** Who calls, e.g. `token:3`. */
  readonly by: string;
  /** Null where the call names barcodes alone, and none was given. */
  readonly idempotencyKey: string | null;
  readonly body: Body;
}

export type RestockOutcome<Answer> =
  | { readonly kind: 'done'; readonly answer: Answer }
  | { readonly kind: 'faulty'; readonly faults: readonly Fault[] }
  | { readonly kind: 'restock_not_found' }
  /** Somebody else started it. */
  | { readonly kind: 'other_restock' }
  | { readonly kind: 'restock_closed' }
  /** The same key came before with another request. */
  | { readonly kind: 'key_reused' }
  /** Others move the same meals at this moment. */
  | { readonly kind: 'busy' };

export type RestockParts = Pick<MealsParts, 'database' | 'notifier' | 'queue'>;

/** @param barcodes that the work will lock. */
export async function onRestock<Body, Answer>(
  order: RestockOrder<Body>,
  what: string,
  barcodes: readonly string[],
  { database }: Pick<RestockParts, 'database'>,
  work: (turn: Turn, restock: Restock) => Promise<RestockOutcome<Answer>>,
): Promise<RestockOutcome<Answer>> {
  const known = await findRestock(database, order.restockId);
  if (!known) return { kind: 'restock_not_found' };
  if (known.startedBy !== order.by) return { kind: 'other_restock' };
  const requestHash = fingerprint([what, order.body]);
  const outcome = await inTurn(database, known.machine, barcodes, async (turn): Promise<RestockOutcome<Answer>> => {
    const restock = await lockRestock(turn.sql, known.documentId);
    if (!restock) return { kind: 'restock_not_found' };
    const key = order.idempotencyKey;
    const before = key === null ? null : await findRestockCall(turn.sql, restock.documentId, key);
    if (before) {
      return before.requestHash === requestHash
        ? { kind: 'done', answer: before.answer as Answer }
        : { kind: 'key_reused' };
    }
    if (restock.state === 'closed') return { kind: 'restock_closed' };
    const done = await work(turn, restock);
    if (done.kind === 'done' && key !== null) {
      await keepRestockCall(turn.sql, restock.documentId, key, { requestHash, answer: done.answer });
    }
    return done;
  });
  return outcome ?? { kind: 'busy' };
}
