import type { Sql } from '../../../../../shared/sql';

export interface Machine {
  readonly id: number;
  readonly documentId: string;
  readonly vendorId: string;
  readonly label: string;
  readonly salesLocked: boolean;
  readonly salesLockedReason: string | null;
  /** What is held where the front end names no amount, in minor units; null where it must name one. */
  readonly ceilingAmount: number | null;
  readonly ceilingCurrency: string | null;
}

/** One that is retired is not found. @param key a documentId or the vendor's machine id. */
export async function findMachine(sql: Sql, key: string): Promise<Machine | undefined> {
  const [row] = await sql.rows<{
    id: number;
    document_id: string;
    vendor_id: string;
    label: string;
    sales_locked: boolean | null;
    sales_locked_reason: string | null;
    ceiling_amount: number | null;
    ceiling_currency: string | null;
  }>(
    {
      name: 'machines.find',
      text: `select id, document_id, vendor_id, label, sales_locked, sales_locked_reason, ceiling_amount, ceiling_currency from machines
where (document_id = $1 or vendor_id = $1) and retired is not true order by (document_id = $1) desc limit 1`,
    },
    [key],
  );
  return (
    row && {
      id: row.id,
      documentId: row.document_id,
      vendorId: row.vendor_id,
      label: row.label,
      salesLocked: row.sales_locked ?? false,
      salesLockedReason: row.sales_locked_reason,
      ceilingAmount: row.ceiling_amount,
      ceilingCurrency: row.ceiling_currency,
    }
  );
}

/** Notes what a state check said: whether the machine could be reached, and when it was last heard of. */
export async function noteMachineSeen(sql: Sql, machineId: number, isOnline: boolean): Promise<void> {
  await sql.rows(
    {
      name: 'machines.seen',
      text: `update machines set online = $2, last_seen_at = case when $2 then now() else last_seen_at end where id = $1`,
    },
    [machineId, isOnline],
  );
}
