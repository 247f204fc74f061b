import type { Job } from '../../../../../shared/jobs';
import type { Purchase } from '../core/purchase';
import { isOver } from '../core/states';
import { afterChange, type Step } from '../core/step';
import type { Parts } from './parts';

/** What follows from a step: alerts, and at the end of a purchase its money and whoever else listens. */
export function jobsOf(
  purchase: Purchase,
  step: Step,
  parts: Pick<Parts, 'payments' | 'notifier' | 'finished'>,
): Job[] {
  const alerts = step.alerts.map((draft) =>
    parts.notifier.raise({
      ...draft,
      occurrence: `${purchase.documentId}:${draft.cause}`,
      machineId: purchase.machine.documentId,
      transactionId: purchase.documentId,
      customerId: purchase.user?.customerId ?? null,
    }),
  );
  if (!step.change || !isOver(step.change.to)) return alerts;

  const { state, documentId, currency } = afterChange(purchase, step.change);
  const isFinished = state === 'completed' || state === 'empty' || state === 'review';
  const finished = isFinished
    ? parts.finished.flatMap((listener) => listener({ transactionId: documentId, state }))
    : [];
  // A purchase in review settles nothing: its hold is kept until a person decides.
  const isSettled = state === 'completed' || state === 'empty' || state === 'refused' || state === 'expired';
  const money = isSettled
    ? parts.payments.settle({ transactionId: documentId, state, amount: step.change.totalAmount ?? 0, currency })
    : [];
  return [...alerts, ...money, ...finished];
}
