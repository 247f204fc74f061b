/** What the operators are told, in one place, so that the words and the severities agree. */
import { toMajorText } from '../../../../../shared/money';
import type { AlertCause, Refusal, RefusalCode } from '../ports';
import type { Mismatch } from './pricing';
import type { AlertDraft } from './step';

/** Refusals that mean more than "not now": nobody can buy at this machine until somebody acts. */
const LASTING: Partial<Record<RefusalCode, { cause: AlertCause; severity: AlertDraft['severity']; message: string }>> =
  {
    invalid_token: { cause: 'invalid_token', severity: 'urgent', message: 'Vendron refuses our API token.' },
    unknown_machine: { cause: 'unknown_machine', severity: 'warning', message: 'Vendron does not know this machine.' },
    subscription_expired: {
      cause: 'subscription_expired',
      severity: 'urgent',
      message: 'The Vendron subscription of this machine has expired.',
    },
  };

export function refusalAlert(refusal: Refusal): AlertDraft {
  const lasting = LASTING[refusal.code];
  if (lasting) return { ...lasting, vendorMessage: refusal.message };
  return {
    cause: 'request_error',
    severity: refusal.code === 'machine_busy' ? 'notice' : 'warning',
    message: `Vendron refused to open the door (${refusal.code}, ${refusal.vendorCode ?? 'no code'}).`,
    vendorMessage: refusal.message,
  };
}

export function expiredAlert(why: string): AlertDraft {
  return {
    cause: 'purchase_expired',
    severity: 'warning',
    message: `The door never opened: ${why}`,
    vendorMessage: null,
  };
}

export function reviewAlert(why: string, vendorMessage: string | null = null): AlertDraft {
  return {
    cause: 'purchase_review',
    severity: 'urgent',
    message: `A person must decide what was taken: ${why} The hold is kept.`,
    vendorMessage,
  };
}

export const doorOpenAlert: AlertDraft = {
  cause: 'door_open',
  severity: 'warning',
  message: 'The door has been open for longer than its deadline.',
  vendorMessage: null,
};

export function basketMismatchAlert(): AlertDraft {
  return {
    cause: 'basket_mismatch',
    severity: 'warning',
    message: 'The fridge says that nothing was taken, but its last list had products in it. Nothing is charged.',
    vendorMessage: null,
  };
}

export function lateCompletionAlert(state: string): AlertDraft {
  return {
    cause: 'late_completion',
    severity: 'warning',
    message: `A completion came for a purchase that was already ${state}. It is recorded and settles nothing.`,
    vendorMessage: null,
  };
}

/** At most one alert for the products and one for the total. */
export function mismatchAlerts(mismatches: readonly Mismatch[], currency: string): AlertDraft[] {
  const products = mismatches.filter((mismatch) => mismatch.kind !== 'total');
  const total = mismatches.find((mismatch) => mismatch.kind === 'total');
  const alerts: AlertDraft[] = [];
  if (products.length > 0) {
    const message = `Ours is charged; the fridge reported otherwise: ${products.map(describe).join('; ')}.`;
    alerts.push({
      cause: 'catalogue_mismatch',
      severity: 'warning',
      message: message.slice(0, 1000),
      vendorMessage: null,
    });
  }
  if (total) {
    const ours = toMajorText(total.ours, currency);
    const message = `Ours is charged, ${ours} ${currency}; the fridge reported ${total.theirs}.`;
    alerts.push({ cause: 'total_mismatch', severity: 'warning', message: message.slice(0, 1000), vendorMessage: null });
  }
  return alerts;

  function describe(mismatch: Mismatch): string {
    if (mismatch.kind === 'price') return `${mismatch.sku} at ${mismatch.theirs ?? '?'}`;
    return mismatch.kind === 'unknown_product' ? `${mismatch.sku} is not in the catalogue` : '';
  }
}
