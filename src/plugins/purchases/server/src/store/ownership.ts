/**
 * Who looks after which purchase. An instance holds a lease, a row renewed by the database's clock; each live purchase
 * names its owner. When a lease lapses, another instance takes the purchases over and raises their fence, so that whatever
 * the old owner still writes is refused.
 */
import type { Sql } from '../../../../../shared/sql';
import type { Purchase } from '../core/purchase';
import { PURCHASE_COLUMNS, PURCHASE_JOINS, purchaseOf, type PurchaseRow } from './purchase-row';

/** Takes or renews this instance's lease. False when it had lapsed: purchases may have gone to others meanwhile. */
export async function renewLease(sql: Sql, instance: string, leaseSeconds: number): Promise<boolean> {
  const [row] = await sql.rows<{ was_held: boolean }>(
    {
      name: 'purchases.lease',
      text: `
with before as (select lease_until > now() as was_held from larder.instances where id = $1)
insert into larder.instances as i (id, lease_until) values ($1, now() + make_interval(secs => $2))
on conflict (id) do update set lease_until = excluded.lease_until
returning coalesce((select was_held from before), false) as was_held`,
    },
    [instance, leaseSeconds],
  );
  return row?.was_held ?? false;
}

/**
 * Longer than any statement may take, in seconds: what an instance owns for so long and does not watch is a purchase whose
 * making or taking over was written, and the answer lost.
 */
const LOST_ANSWER_SECONDS = 20;

/**
 * Takes over live purchases whose owner has no lease, or whose owner is this instance and does not know of them, at most
 * `limit` at a time, and answers them under their new fence.
 * @param watched the `documentId`s of those that this instance looks after.
 */
export async function takeOver(
  sql: Sql,
  instance: string,
  watched: readonly string[],
  limit: number,
): Promise<Purchase[]> {
  const rows = await sql.rows<PurchaseRow>(
    {
      name: 'purchases.take-over',
      text: `
with orphaned as (
  select t.id from transactions t
  where t.active_machine is not null
    and (
      not exists (select 1 from larder.instances i where i.id = t.owner and i.lease_until > now())
      or (t.owner = $1 and t.document_id <> all ($3) and t.updated_at < now() - make_interval(secs => $4))
    )
  order by t.id limit $2
  for update of t skip locked
),
taken as (
  update transactions t set owner = $1, fence = t.fence + 1, revision = t.revision + 1, updated_at = now()
  from orphaned o where t.id = o.id
  returning t.*
)
select ${PURCHASE_COLUMNS} from taken t ${PURCHASE_JOINS}`,
    },
    [instance, limit, watched, LOST_ANSWER_SECONDS],
  );
  return rows.map(purchaseOf);
}

/** Live purchases past their deadline by more than `graceSeconds`: whoever owns them did not act in time. */
export async function findOverdue(sql: Sql, graceSeconds: number, limit: number): Promise<Purchase[]> {
  const rows = await sql.rows<PurchaseRow>(
    {
      name: 'purchases.overdue',
      text: `select ${PURCHASE_COLUMNS} from transactions t ${PURCHASE_JOINS}
where t.active_machine is not null and t.deadline_at < now() - make_interval(secs => $1)
order by t.deadline_at limit $2`,
    },
    [graceSeconds, limit],
  );
  return rows.map(purchaseOf);
}

/** Where an instance that ends its lease says so. */
export const HANDOVER_CHANNEL = 'larder_handover';

/** Ends this instance's lease at once, and tells the others, so that they need not wait for it to lapse. */
export async function giveUpLease(sql: Sql, instance: string): Promise<void> {
  await sql.rows(
    {
      name: 'purchases.give-up',
      text: `
with gone as (delete from larder.instances where id = $1 returning id)
select pg_notify('${HANDOVER_CHANNEL}', id) from gone`,
    },
    [instance],
  );
}

/** Rows of instances that have been gone for a day. */
export async function forgetOldInstances(sql: Sql): Promise<void> {
  await sql.rows({
    name: 'purchases.forget',
    text: `delete from larder.instances where lease_until < now() - interval '1 day'`,
  });
}
