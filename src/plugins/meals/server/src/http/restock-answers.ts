import { refuse, refuseFields } from '../../../../../shared/http';
import { unreachable } from '../../../../../shared/outcomes';
import type { Fault, Restock } from '../core/restock';
import type { RestockOutcome } from '../restock/call';
import type { Context } from './context';

/** A restock as its caller sees it; times are ISO 8601. */
export function restockView(restock: Restock) {
  const { machine } = restock;
  return {
    id: restock.documentId,
    state: restock.state,
    machine: { id: machine.documentId, vendorId: machine.vendorId, label: machine.label },
    startedBy: restock.startedBy,
    openedAt: restock.openedAt.toISOString(),
    closedAt: restock.closedAt?.toISOString() ?? null,
    in: restock.inCount,
    out: restock.outCount,
    waste: restock.wasteCount,
    differences: restock.differenceCount,
    note: restock.note,
  };
}

/** @param fieldOf how the caller wrote what is at fault, e.g. `items.3.barcode`. */
export function answerRestock<Answer>(
  ctx: Context,
  outcome: RestockOutcome<Answer>,
  fieldOf: (fault: Fault) => string,
): void {
  switch (outcome.kind) {
    case 'done':
      ctx.status = 200;
      ctx.body = outcome.answer;
      return;
    case 'faulty': {
      const { faults } = outcome;
      return refuseFields(
        ctx,
        faults.map((fault) => ({ field: fieldOf(fault), code: fault.code, message: fault.message })),
      );
    }
    case 'restock_not_found':
      return refuse(ctx, 404, 'restock_not_found', 'There is no such restock.');
    case 'other_restock':
      return refuse(ctx, 403, 'other_restock', 'Somebody else started this restock: start one of your own.');
    case 'restock_closed':
      return refuse(ctx, 409, 'restock_closed', 'This restock is closed: start another one.');
    case 'key_reused':
      return refuse(ctx, 409, 'idempotency_conflict', 'This Idempotency-Key was used for another request.');
    case 'busy':
      return refuse(ctx, 409, 'conflict', 'Somebody else moves these meals right now. Please try again.');
    default:
      return unreachable(outcome);
  }
}
