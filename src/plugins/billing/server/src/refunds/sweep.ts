/** Refunds that no job and no webhook has brought to an end. */
import type { BillingParts } from '../core/parts';
import { findStaleRefunds, touchRefunds } from '../store/refunds';
import { applyRefund } from './apply';
import { refundJob } from './request';

/** A job that is not done after so long is sent again. Seconds. */
const REQUESTED_S = 60;
/** A refund that a bank takes its time for is looked at so often. Seconds. */
const PENDING_S = 3600;

export function createRefundSweep(parts: BillingParts): () => Promise<void> {
  return async () => {
    const stale = await findStaleRefunds(parts.database, REQUESTED_S, PENDING_S);
    if (stale.length === 0) return;
    await touchRefunds(
      parts.database,
      stale.map(({ id }) => id),
    );
    const requested = stale.filter(({ state }) => state === 'requested');
    await parts.queue.send(
      parts.database,
      requested.map(({ key }) => refundJob(key)),
    );
    for (const { stripeRefundId } of stale.filter(({ state }) => state === 'pending')) {
      if (stripeRefundId === null) continue;
      const answer = await parts.call((stripe) => stripe.refunds.retrieve(stripeRefundId));
      if (answer.kind === 'ok') await applyRefund(answer.value, parts);
    }
  };
}
