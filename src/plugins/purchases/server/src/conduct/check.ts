/** Whether a machine can be opened now, as its cloud says. */
import { unreachable } from '../../../../../shared/outcomes';
import { refusalAlert } from '../core/alert-drafts';
import type { EventRecord, StateCheck } from '../ports';
import { eventEntry, type EventOwner } from '../store/journal-entry';
import { findCustomer } from '../store/customers';
import { findMachine, noteMachineSeen, type Machine } from '../store/machines';
import type { Parts } from './parts';

export type Availability = 'available' | 'busy' | 'offline' | 'expired' | 'locked' | 'unknown';

export type CheckOutcome =
  | { readonly kind: 'machine_not_found' }
  | { readonly kind: 'unavailable'; readonly reason: string }
  | {
      readonly kind: 'checked';
      readonly machine: Machine;
      readonly state: Availability;
      readonly message: string | null;
    };

/** Whom a check is for; it ties the check to a customer in the history. An unknown customer id ties it to nobody. */
export type CheckedFor = { readonly userId: number } | { readonly customerId: string | null };

export async function checkMachine(machineKey: string, who: CheckedFor, parts: Parts): Promise<CheckOutcome> {
  const machine = await findMachine(parts.database, machineKey);
  if (!machine) return { kind: 'machine_not_found' };
  const [check, userId] = await Promise.all([
    parts.driver.checkState(machine.vendorId),
    'userId' in who ? who.userId : findCustomer(parts.database, who.customerId),
  ]);
  await store(check, machine, userId, parts);
  switch (check.kind) {
    case 'unavailable':
      return { kind: 'unavailable', reason: check.reason };
    case 'answered':
      return { kind: 'checked', machine, state: stateOf(check, machine), message: messageOf(check, machine) };
    default:
      return unreachable(check);
  }
}

async function store(check: StateCheck, machine: Machine, userId: number | null, parts: Parts): Promise<void> {
  const owner: EventOwner = { transactionId: null, machineId: machine.id, userId };
  // Alerts hang on the last record: the one that carries the answer.
  const jobs = alertsOf(check, machine, parts);
  const records: EventRecord[] = [...check.records];
  await Promise.all(
    records.map((record, index) =>
      parts.journal.append(eventEntry(owner, record, index === records.length - 1 ? jobs : [])),
    ),
  );
  if (check.kind === 'answered') await noteMachineSeen(parts.database, machine.id, check.state !== 'offline');
}

function alertsOf(check: StateCheck, machine: Machine, parts: Parts) {
  if (check.kind !== 'answered' || !check.refusal) return [];
  const draft = refusalAlert(check.refusal);
  // A machine that is busy or offline is no failure of a check: that is what was asked.
  if (draft.cause === 'request_error') return [];
  const occurrence = `check:${machine.documentId}:${draft.cause}:${Math.floor(Date.now() / 600_000)}`;
  return [
    parts.notifier.raise({
      ...draft,
      occurrence,
      machineId: machine.documentId,
      transactionId: null,
      customerId: null,
    }),
  ];
}

function stateOf(check: StateCheck & { kind: 'answered' }, machine: Machine): Availability {
  return machine.salesLocked ? 'locked' : check.state;
}

function messageOf(check: StateCheck & { kind: 'answered' }, machine: Machine): string | null {
  return machine.salesLocked ? (machine.salesLockedReason ?? 'Sales are locked at this machine.') : check.message;
}
