import type { CheckOutcome, Decline, OpenOutcome, Purchase } from '../../../plugins/purchases/server/src/services';
import { refuse, refuseFields } from '../../../shared/http';
import { unreachable } from '../../../shared/outcomes';

interface Answerable {
  status: number;
  body: unknown;
  set(field: string, value: string): void;
}

const NO_GATEWAY = 'The fridges cannot be reached at the moment. Please try again.';
const NO_MACHINE = 'There is no such machine.';

const FAULTS: Readonly<Record<Extract<OpenOutcome, { kind: 'credential_refused' }>['fault'], string>> = {
  token_invalid: 'This code is not one of ours.',
  token_expired: 'This code has expired. Please make a new one.',
  token_used: 'This code was used already. Please make a new one.',
  badge_unknown: 'This badge is not registered.',
  card_unusable: 'This card cannot be used.',
};

export function answerCheck(ctx: Answerable, outcome: CheckOutcome): void {
  switch (outcome.kind) {
    case 'machine_not_found':
      return refuse(ctx, 404, 'machine_not_found', NO_MACHINE);
    case 'unavailable':
      return refuse(ctx, 503, 'gateway_unavailable', NO_GATEWAY);
    case 'checked': {
      const { machine, state, message } = outcome;
      ctx.status = 200;
      ctx.body = {
        id: machine.documentId,
        label: machine.label,
        available: state === 'available',
        state,
        message: message ?? '',
        checkedAt: new Date().toISOString(),
      };
      return;
    }
    default:
      return unreachable(outcome);
  }
}

export function answerOpen(ctx: Answerable, outcome: OpenOutcome): void {
  switch (outcome.kind) {
    case 'purchase':
      return answerPurchase(ctx, outcome.purchase, outcome.decline);
    case 'amount_missing':
      return refuseFields(ctx, [
        { field: 'payment.amount', message: 'is needed: this machine has no ceiling of its own' },
      ]);
    case 'machine_not_found':
      return refuse(ctx, 404, 'machine_not_found', NO_MACHINE);
    case 'machine_locked':
      return refuse(ctx, 423, 'machine_locked', outcome.reason ?? 'Sales are locked at this machine.');
    case 'machine_busy':
      return refuse(ctx, 409, 'machine_busy', 'Somebody else is using this machine.');
    case 'customer_conflict':
      return refuse(ctx, 409, 'customer_conflict', 'user.email belongs to a customer with another id.', {
        field: 'user.email',
      });
    case 'customer_blocked':
      return refuse(ctx, 403, 'customer_blocked', 'This customer may not open a door.');
    case 'credential_refused':
      return refuse(ctx, 403, 'credential_refused', FAULTS[outcome.fault], { reason: outcome.fault });
    case 'payments_unavailable':
      return refuse(ctx, 503, 'payments_unavailable', 'Payments are not possible at the moment. Please try again.');
    case 'idempotency_conflict':
      return refuse(ctx, 409, 'idempotency_conflict', 'This Idempotency-Key was used for another request.');
    default:
      return unreachable(outcome);
  }
}

/** The same answer for the first request and for every repeated one: it depends on the purchase alone. */
function answerPurchase(ctx: Answerable, purchase: Purchase, decline: Decline | null): void {
  const { documentId: id, ref, state, door, refusalCode, vendorCode, message } = purchase;
  const known = { id, ref };
  switch (state) {
    case 'requested':
    case 'authorized':
    case 'opening':
      ctx.status = 202;
      ctx.set('Retry-After', '1');
      ctx.body = { ...known, state: 'opening', door };
      return;
    case 'open':
    case 'closed':
    case 'completed':
    case 'empty':
    case 'review':
      ctx.status = 200;
      ctx.body = { ...known, state, door };
      return;
    case 'refused':
      if (refusalCode === 'payment_declined') {
        return refuse(ctx, 402, 'payment_declined', message ?? 'The payment was declined.', {
          ...known,
          reason: decline?.reason ?? 'declined',
          paymentIntentId: decline?.paymentIntentId ?? null,
          clientSecret: decline?.clientSecret ?? null,
        });
      }
      return refuse(ctx, 502, 'machine_refused', message ?? 'The machine refused to open.', {
        ...known,
        refusalCode,
        vendorCode,
        tryAgain: refusalCode === 'machine_busy',
      });
    case 'expired':
      if (refusalCode === 'payments_unavailable') {
        return refuse(
          ctx,
          503,
          'payments_unavailable',
          'Payments are not possible at the moment. Please try again.',
          known,
        );
      }
      return refuse(ctx, 503, 'gateway_unavailable', NO_GATEWAY, known);
    default:
      return unreachable(state);
  }
}
