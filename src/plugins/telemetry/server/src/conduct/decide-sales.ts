/** A person locks or unlocks sales at a machine, with a reason. */
import type { LockCause } from '../core/lock-cause';
import type { TelemetryParts } from '../core/parts';
import { lockSales, unlockSales } from '../store/sales-locks';
import { findMachineId, holdMachine } from '../store/watched';

export interface SalesDecision {
  /** A documentId or the vendor's machine id. */
  readonly machineKey: string;
  readonly reason: string;
  /** E.g. `admin:1`, `token:3`. */
  readonly by: string;
}

export type SalesOutcome =
  | { readonly kind: 'decided'; readonly machineId: string; readonly locked: boolean }
  | { readonly kind: 'machine_not_found' }
  | { readonly kind: 'not_locked' }
  | { readonly kind: 'already_locked'; readonly cause: LockCause };

type Parts = Pick<TelemetryParts, 'database' | 'notifier' | 'queue'>;

/** Opens sales, whatever locked them. What is known until now counts as judged; the time outside begins anew. */
export async function unlock({ machineKey, reason, by }: SalesDecision, parts: Parts): Promise<SalesOutcome> {
  const { database, notifier, queue } = parts;
  return database.transaction(async (sql) => {
    const id = await findMachineId(sql, machineKey);
    const machine = id === undefined ? undefined : await holdMachine(sql, id);
    if (!machine) return { kind: 'machine_not_found' };
    if (!machine.lock) return { kind: 'not_locked' };
    await unlockSales(sql, machine.id, { by, reason });
    await queue.send(sql, [
      notifier.resolve('temperature_out_of_range', machine.documentId),
      notifier.resolve('readings_missing', machine.documentId),
    ]);
    return { kind: 'decided', machineId: machine.documentId, locked: false };
  });
}

/** Stops sales. A lock by silence becomes the operator's: it is then not lifted by itself. */
export async function lock({ machineKey, reason, by }: SalesDecision, parts: Parts): Promise<SalesOutcome> {
  return parts.database.transaction(async (sql) => {
    const id = await findMachineId(sql, machineKey);
    const machine = id === undefined ? undefined : await holdMachine(sql, id);
    if (!machine) return { kind: 'machine_not_found' };
    if (machine.lock && machine.lock.cause !== 'silence') return { kind: 'already_locked', cause: machine.lock.cause };
    await lockSales(sql, machine.id, { cause: 'operator', reason }, { by });
    return { kind: 'decided', machineId: machine.documentId, locked: true };
  });
}
