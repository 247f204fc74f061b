import { newDocumentId } from '../../../../../shared/ids';
import type { Job } from '../../../../../shared/jobs';
import { newDeadline, type DeadlinePolicy } from '../core/deadlines';
import type { Purchase } from '../core/purchase';
import { isOver, mayGo } from '../core/states';
import type { Change } from '../core/step';
import type { EventRecord } from '../ports';
import type { JournalEntry } from './journal';
import type { JournalRow } from './journal-statement';

/** Whom an event belongs to, as row ids; all null for an orphan. */
export interface EventOwner {
  readonly transactionId: number | null;
  readonly machineId: number | null;
  readonly userId: number | null;
}

export const NOBODY: EventOwner = { transactionId: null, machineId: null, userId: null };

const NO_CHANGE = {
  from_state: null,
  to_state: null,
  fence: null,
  is_over: false,
  only_if_overdue: false,
  deadline_seconds: null,
  door: null,
  vendor_session: null,
  door_requested: false,
  reminded: false,
  basket: null,
  refusal_code: null,
  vendor_code: null,
  change_message: null,
  authorized_amount: null,
  payment_state: null,
  payment_intent_id: null,
  capture_before: null,
  total_amount: null,
  vendor_report: null,
  lines: null,
} as const;

/** An event that changes nothing. */
export function eventEntry(owner: EventOwner, record: EventRecord, jobs: readonly Job[] = []): JournalEntry {
  return { row: { ...eventColumns(owner, record), ...NO_CHANGE }, jobs };
}

/**
 * An event and the change that it causes.
 * @throws when the transition is not in the table: that is a fault of ours, never of a frame.
 */
export function changeEntry(
  purchase: Purchase,
  record: EventRecord,
  change: Change,
  jobs: readonly Job[],
  policy: DeadlinePolicy,
): JournalEntry {
  if (change.to !== purchase.state && !mayGo(purchase.state, change.to)) {
    throw new Error(`A purchase cannot go from ${purchase.state} to ${change.to}.`);
  }
  return {
    row: {
      ...eventColumns(ownerOf(purchase), record),
      from_state: purchase.state,
      to_state: change.to,
      fence: purchase.fence,
      is_over: isOver(change.to),
      only_if_overdue: change.onlyIfOverdue ?? false,
      deadline_seconds: newDeadline(purchase, change, policy),
      door: change.door ?? null,
      vendor_session: change.vendorSession ?? null,
      door_requested: change.doorRequested ?? false,
      reminded: change.reminded ?? false,
      basket: change.basket ?? null,
      refusal_code: change.refusalCode ?? null,
      vendor_code: change.vendorCode ?? null,
      change_message: change.message ?? null,
      authorized_amount: change.authorizedAmount ?? null,
      payment_state: change.paymentState ?? null,
      payment_intent_id: change.paymentIntentId ?? null,
      capture_before: change.captureBefore?.toISOString() ?? null,
      total_amount: change.totalAmount ?? null,
      vendor_report: change.vendorReport ?? null,
      lines:
        change.lines?.map((line) => ({
          document_id: newDocumentId(),
          sku: line.sku,
          name: line.name,
          quantity: line.quantity,
          unit_amount: line.unitAmount,
          amount: line.amount,
          currency: line.currency,
          vendor_unit_amount: line.vendorUnitAmount,
        })) ?? null,
    },
    jobs,
  };
}

export function ownerOf(purchase: Purchase): EventOwner {
  return { transactionId: purchase.id, machineId: purchase.machine.id, userId: purchase.user?.id ?? null };
}

function eventColumns(owner: EventOwner, record: EventRecord) {
  return {
    document_id: newDocumentId(),
    transaction_id: owner.transactionId,
    machine_id: owner.machineId,
    user_id: owner.userId,
    name: record.name.slice(0, 200),
    kind: record.kind,
    outcome: record.outcome?.slice(0, 200) ?? null,
    message: record.message,
    data: record.data,
  } satisfies Partial<JournalRow>;
}
