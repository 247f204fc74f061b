import type { Sql } from '../../../../../shared/sql';

/** What is printed on a meal. */
export interface Label {
  readonly barcode: string;
  readonly product: string;
  readonly lot: string | null;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number | null;
  /** Of the machine it stands in. */
  readonly timeZone: string | null;
  /** Whose it is, as it is to be printed; null for everybody's. */
  readonly owner: string | null;
}

export async function findLabels(sql: Sql, barcodes: readonly string[]): Promise<ReadonlyMap<string, Label>> {
  const rows = await sql.rows<Label & { barcode: string }>(
    {
      name: 'meals.labels',
      text: `
select m.barcode, coalesce(p.name, m.sku) as product, o.code as lot,
  (extract(epoch from m.expires_at) * 1000)::float8 as "expiresAt", f.timezone as "timeZone",
  case when u.id is not null or m.area = 'subscription' then coalesce(m.label_name, u.customer_id, '') end as owner
from meals m left join products p on p.sku = m.sku
left join meals_lot_lnk l on l.meal_id = m.id left join lots o on o.id = l.lot_id
left join meals_machine_lnk k on k.meal_id = m.id left join machines f on f.id = k.machine_id
left join meals_reserved_for_lnk r on r.meal_id = m.id left join up_users u on u.id = r.user_id
where m.barcode = any($1)`,
    },
    [barcodes],
  );
  return new Map(rows.map((label) => [label.barcode, label]));
}
