import { createConditions, type Sql } from '../../../../../shared/sql';
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

/** What may be sorted by, and the columns behind it. An index gives an order only where nothing is said about nulls. */
const SORT_COLUMNS = {
  createdAt: { column: 't.created_at', nulls: '' },
  completedAt: { column: 't.completed_at', nulls: 'nulls last' },
  totalAmount: { column: 't.total_amount', nulls: 'nulls last' },
  state: { column: 't.state', nulls: '' },
} as const;

export type SortField = keyof typeof SORT_COLUMNS;

export const SORT_FIELDS = Object.keys(SORT_COLUMNS) as SortField[];

/** The JSON of `{ data, meta }`, ready to be sent. */
export async function searchViews(sql: Sql, search: PurchaseSearch): Promise<string> {
  const { where, values, clause } = createConditions();
  where((p) => `tu.user_id = ${p}`, search.onlyUserId);
  where((p) => `tu.user_id = (select id from up_users where customer_id = ${p})`, search.user);
  where((p) => `tu.user_id = (select id from up_users where lower(email) = lower(${p}))`, search.email);
  where(
    (p) => `tm.machine_id = (select id from machines where document_id = ${p} or vendor_id = ${p} limit 1)`,
    search.machine,
  );
  where((p) => `t.state = ${p}`, search.state);
  where((p) => `t.created_at >= ${p}::timestamp`, search.from?.toISOString());
  where((p) => `t.created_at < ${p}::timestamp`, search.to?.toISOString());
  const { column, nulls } = SORT_COLUMNS[search.sort.field];
  const order = `${column} ${search.sort.direction} ${nulls}, t.id ${search.sort.direction}`;
  // Only the links that are asked about: PostgreSQL cannot know that the others neither drop nor double a row.
  const isByUser = [search.onlyUserId, search.user, search.email].some(
    (value) => value !== undefined && value !== null,
  );
  const matches = `transactions t
    ${isByUser ? 'join transactions_user_lnk tu on tu.transaction_id = t.id' : ''}
    ${search.machine === undefined ? '' : 'join transactions_machine_lnk tm on tm.transaction_id = t.id'}
    ${clause()}`;
  values.push(search.pageSize, (search.page - 1) * search.pageSize);

  const [row] = await sql.rows<{ json: string }>(
    `with found as (
  select t.id from ${matches} order by ${order} limit $${values.length - 1} offset $${values.length}
)
select json_build_object(
  'data', coalesce((select json_agg(${VIEW_JSON} order by ${order}) from ${VIEW_FROM} where t.id in (select id from found)), '[]'::json),
  'meta', json_build_object('page', ${search.page}, 'pageSize', ${search.pageSize},
    'total', (select count(*)::int from ${matches})))::text as json`,
    values,
  );
  return row?.json ?? '';
}
