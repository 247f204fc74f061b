/**
 * How long a purchase may stay in each state, and what becomes of it after that. The deadline is a column, set by the
 * database's clock with each change; the owner's timer and, behind it, the sweep act on it.
 */
import type { EventRecord } from '../ports';
import { doorOpenAlert, expiredAlert, reviewAlert } from './alert-drafts';
import type { Purchase } from './purchase';
import { isOver } from './states';
import { afterChange, type AlertDraft, type Change, type Step } from './step';

export interface DeadlinePolicy {
  /** Longest time for one answer of the vendor, in milliseconds. */
  readonly vendorTimeoutMs: number;
  /** How long a door may stay open before somebody is reminded, in seconds. */
  readonly doorOpenDeadlineSeconds: number;
  /** How long to wait for a completion, or for any sign of a door that was asked for, in seconds. */
  readonly completionDeadlineSeconds: number;
}

/** Longest time the payment may take to be secured, in seconds: the deadline of a purchase that was just requested. */
export const PAYMENT_SECONDS = 30;

/** Seconds until the deadline of a purchase that has just become this, or null where it is over. */
export function deadlineAfter(purchase: Purchase, policy: DeadlinePolicy): number | null {
  if (isOver(purchase.state)) return null;
  switch (purchase.state) {
    case 'requested':
      return PAYMENT_SECONDS;
    case 'authorized':
      return policy.vendorTimeoutMs / 1000;
    case 'opening':
      return purchase.doorRequested ? policy.completionDeadlineSeconds : policy.vendorTimeoutMs / 1000;
    case 'open':
      return purchase.reminded ? policy.completionDeadlineSeconds : policy.doorOpenDeadlineSeconds;
    default:
      return policy.completionDeadlineSeconds;
  }
}

/**
 * Seconds until the deadline that a change sets, or null where it sets none: a list pushed while the door is open leaves
 * the door's deadline where it was.
 */
export function newDeadline(purchase: Purchase, change: Change, policy: DeadlinePolicy): number | null {
  const isSame = change.to === purchase.state && !change.doorRequested && !change.reminded;
  return isSame ? null : deadlineAfter(afterChange(purchase, change), policy);
}

/** What happens to a purchase whose deadline has passed. Null where it is over. */
export function decideOverdue(purchase: Purchase): Step | null {
  switch (purchase.state) {
    case 'requested':
      return expire('the payment was not secured in time.');
    case 'authorized':
    case 'opening':
      if (!purchase.doorRequested) return expire('Vendron did not answer in time.');
      return review('the door was asked for and nothing came back.');
    case 'open':
      if (purchase.reminded) return review('the door was opened and its closing was never reported.');
      return overdue(
        'purchase.reminded',
        'The door has been open too long.',
        { to: 'open', reminded: true },
        doorOpenAlert,
      );
    case 'closed':
      return review('the door was closed and no completion came.');
    default:
      return null;
  }
}

/** The end of a purchase whose door was never asked for. */
export function expire(why: string): Step {
  return overdue('purchase.expired', why, { to: 'expired', door: 'locked', message: why }, expiredAlert(why));
}

/** The end of a purchase of which nobody can know what happened. The last basket stands as the proposal. */
export function review(why: string): Step {
  return overdue('purchase.review', why, { to: 'review', door: 'unknown', message: why }, reviewAlert(why));
}

function overdue(name: string, message: string, change: Change, alert: AlertDraft): Step {
  const record: EventRecord = { kind: 'system', name, outcome: change.to, message, data: null };
  return { record, change, alerts: [alert] };
}
