import { unreachable } from '../../../../../shared/outcomes';
import { refuseOperator } from '../admin/refusals';
import type { SalesOutcome } from '../conduct/decide-sales';

interface Answerable {
  status: number;
  body: unknown;
}

/** The same for a script and for the panel, which says the codes in its own language. */
export function answerDecision(ctx: Answerable, outcome: SalesOutcome): void {
  switch (outcome.kind) {
    case 'decided':
      ctx.status = 200;
      ctx.body = { id: outcome.machineId, locked: outcome.locked };
      return;
    case 'machine_not_found':
      return refuseOperator(ctx, 404, 'machine_not_found', 'There is no such machine.');
    case 'not_locked':
      return refuseOperator(ctx, 409, 'not_locked', 'Sales are not locked at this machine.');
    case 'already_locked':
      return refuseOperator(ctx, 409, 'already_locked', 'Sales are locked at this machine already.', {
        cause: outcome.cause,
      });
    default:
      return unreachable(outcome);
  }
}
