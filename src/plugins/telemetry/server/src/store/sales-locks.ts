/** Locks and unlocks sales; the triggers of sales-lock-schema.ts keep the history. Within a transaction that holds the machine. */
import type { Sql } from '../../../../../shared/sql';
import type { LockCause } from '../core/lock-cause';

/** What the history is told beside the change itself. */
interface Told {
  /** E.g. `larder`, `admin:1`, `token:3`. */
  readonly by: string;
  /** Why sales are open again. */
  readonly reason?: string;
  /** Since when it has been so, in milliseconds since 1970; now where absent. */
  readonly since?: number;
}

const TELL = { name: 'telemetry.tell', text: `select set_config('larder.sales_lock', $1, true)` };

/** @param reason what customers are told, at most 255 characters. */
export async function lockSales(
  sql: Sql,
  machineId: number,
  lock: { readonly cause: LockCause; readonly reason: string },
  { by, since }: Told,
): Promise<void> {
  await sql.rows(TELL, [JSON.stringify({ by, ...(since !== undefined && { since: new Date(since).toISOString() }) })]);
  await sql.rows(
    {
      name: 'telemetry.lock',
      text: `update machines set sales_locked = true, sales_lock_cause = $2, sales_locked_reason = left($3, 255), updated_at = now()
where id = $1`,
    },
    [machineId, lock.cause, lock.reason],
  );
}

export async function unlockSales(
  sql: Sql,
  machineId: number,
  told: Required<Pick<Told, 'by' | 'reason'>>,
): Promise<void> {
  await sql.rows(TELL, [JSON.stringify(told)]);
  await sql.rows(
    {
      name: 'telemetry.unlock',
      text: `update machines set sales_locked = false, sales_lock_cause = null, sales_locked_reason = null, updated_at = now()
where id = $1`,
    },
    [machineId],
  );
}
