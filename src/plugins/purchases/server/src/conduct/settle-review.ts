/** A person decides what was taken in a purchase that nobody else could settle. */
import type { VendorItem } from '../ports';
import { priceBasket } from '../core/pricing';
import type { Purchase } from '../core/purchase';
import type { Change, Step } from '../core/step';
import { MAX_AMOUNT } from '../../../../../shared/money';
import { pricesAtOpening } from '../store/catalogue';
import { changeEntry } from '../store/journal-entry';
import { findByDocumentId } from '../store/purchases';
import { jobsOf } from './jobs';
import type { Parts } from './parts';

export interface ReviewDecision {
  readonly transactionId: string;
  /** What was taken; empty for nothing. Priced from the catalogue as it stood when the door opened. */
  readonly products: readonly { readonly sku: string; readonly quantity: number }[];
  readonly reason: string;
  /** The administrator's row id, for the history. */
  readonly decidedBy: number;
}

export type ReviewOutcome =
  | { readonly kind: 'settled'; readonly purchase: Purchase }
  | { readonly kind: 'not_found' }
  /** Somebody settled it already, or it never was in review. */
  | { readonly kind: 'not_in_review'; readonly state: Purchase['state'] }
  | { readonly kind: 'unknown_products'; readonly skus: readonly string[] }
  | { readonly kind: 'too_much' };

export async function settleReview(decision: ReviewDecision, parts: Parts): Promise<ReviewOutcome> {
  const purchase = await findByDocumentId(parts.database, decision.transactionId);
  if (!purchase) return { kind: 'not_found' };
  if (purchase.state !== 'review') return { kind: 'not_in_review', state: purchase.state };

  const items = decision.products.flatMap(({ sku, quantity }) =>
    Array.from({ length: quantity }, (): VendorItem => ({ sku, name: null, unitPrice: null })),
  );
  const skus = items.map((item) => item.sku);
  const prices = await pricesAtOpening(parts.database, purchase.id, skus);
  const { lines, total, mismatches } = priceBasket(items, prices, purchase.currency, null);
  const unknown = mismatches.flatMap((mismatch) => (mismatch.kind === 'unknown_product' ? [mismatch.sku] : []));
  if (unknown.length > 0) return { kind: 'unknown_products', skus: unknown };
  if (total > MAX_AMOUNT) return { kind: 'too_much' };

  const change: Change = { to: lines.length > 0 ? 'completed' : 'empty', door: 'locked', lines, totalAmount: total };
  const step: Step = {
    record: {
      kind: 'system',
      name: 'review.settled',
      outcome: change.to,
      message: decision.reason,
      data: { decidedBy: decision.decidedBy, products: decision.products },
    },
    change,
    alerts: [],
  };
  const jobs = jobsOf(purchase, step, parts);
  const isApplied = await parts.journal.append(changeEntry(purchase, step.record, change, jobs, parts.policy));
  const settled = await findByDocumentId(parts.database, decision.transactionId);
  if (!settled) return { kind: 'not_found' };
  return isApplied ? { kind: 'settled', purchase: settled } : { kind: 'not_in_review', state: settled.state };
}
