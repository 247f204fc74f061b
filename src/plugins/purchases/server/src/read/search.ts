import type { Sql } from '../../../../../shared/sql';
import type { State } from '../core/states';
import { VIEW_FROM, VIEW_JSON } from './view';

export interface PurchaseSearch {
  /** The front end's customer id. */
  readonly user: string | undefined;
  readonly email: string | undefined;
  /** A machine's documentId or vendorId. */
  readonly machine: string | undefined;
  readonly state: State | undefined;
  readonly from: Date | undefined;
  readonly to: Date | undefined;
  readonly page: number;
  readonly pageSize: number;
  readonly sort: { readonly field: SortField; readonly direction: 'asc' | 'desc' };
  /** Where given, only purchases of this user are found. */
  readonly onlyUserId: number | null;
}

/** What may be sorted by, and the column behind it. */
const SORT_COLUMNS = {
  createdAt: 't.created_at',
  completedAt: 't.completed_at',
  totalAmount: 't.total_amount',
  state: 't.state',
} as const;

export type SortField = keyof typeof SORT_COLUMNS;

export const SORT_FIELDS = Object.keys(SORT_COLUMNS) as SortField[];

/** The JSON of `{ data, meta }`, ready to be sent. */
export async function searchViews(sql: Sql, search: PurchaseSearch): Promise<string> {
  const values: unknown[] = [];
  const conditions: string[] = [];
  const where = (condition: (placeholder: string) => string, value: unknown) => {
    if (value === undefined || value === null) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  where((p) => `tu.user_id = ${p}`, search.onlyUserId);
  where((p) => `u.customer_id = ${p}`, search.user);
  where((p) => `lower(u.email) = lower(${p})`, search.email);
  where((p) => `m.id = (select id from machines where document_id = ${p} or vendor_id = ${p} limit 1)`, search.machine);
  where((p) => `t.state = ${p}`, search.state);
  where((p) => `t.created_at >= ${p}::timestamp`, search.from?.toISOString());
  where((p) => `t.created_at < ${p}::timestamp`, search.to?.toISOString());
  const filter = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
  const order = `${SORT_COLUMNS[search.sort.field]} ${search.sort.direction} nulls last, t.id ${search.sort.direction}`;
  values.push(search.pageSize, (search.page - 1) * search.pageSize);

  const [row] = await sql.rows<{ json: string }>(
    `with found as (
  select t.id from ${VIEW_FROM} ${filter} order by ${order} limit $${values.length - 1} offset $${values.length}
)
select json_build_object(
  'data', coalesce((select json_agg(${VIEW_JSON} order by ${order}) from ${VIEW_FROM} where t.id in (select id from found)), '[]'::json),
  'meta', json_build_object('page', ${search.page}, 'pageSize', ${search.pageSize},
    'total', (select count(*)::int from ${VIEW_FROM} ${filter})))::text as json`,
    values,
  );
  return row?.json ?? '';
}
