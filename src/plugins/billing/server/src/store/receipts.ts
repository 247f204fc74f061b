/** What a receipt says: of a purchase at a fridge, and of a checkout. */
import type { Sql } from '../../../../../shared/sql';

/** Amounts in minor units of `currency`. */
export interface Receipt {
  readonly number: string;
  /** The machine's label; null for a checkout. */
  readonly place: string | null;
  readonly at: Date;
  readonly timeZone: string | null;
  readonly currency: string;
  readonly lines: readonly ReceiptLine[];
  readonly total: number;
  /** Null where nobody has been charged yet. */
  readonly captured: number | null;
  readonly refunded: number;
  /** Of what could not be charged at once: still open, paid since, and let go. */
  readonly owed: number;
  readonly paidLater: number;
  readonly forgiven: number;
  readonly card: { readonly brand: string | null; readonly last4: string | null };
}

export interface ReceiptLine {
  readonly name: string;
  readonly quantity: number;
  readonly unitAmount: number;
  readonly amount: number;
  readonly isDebt: boolean;
}

type Row = {
  number: string;
  place: string | null;
  at: Date;
  timezone: string | null;
  currency: string;
  lines: ReceiptLine[] | null;
  total: number | null;
  captured: number | null;
  refunded: number | null;
  owed: number | null;
  paid_later: number | null;
  forgiven: number | null;
  card_brand: string | null;
  card_last_4: string | null;
};

/** @param id a documentId. Undefined for a purchase that is not over, or never was one. */
export async function findPurchaseReceipt(sql: Sql, id: string): Promise<Receipt | undefined> {
  const rows = await sql.rows<Row>(
    {
      name: 'billing.purchase-receipt',
      text: `
select t.document_id as number, m.label as place, m.timezone, t.currency, t.total_amount as total,
  coalesce(t.closed_at, t.completed_at, t.created_at) at time zone 'UTC' as at,
  (select json_agg(json_build_object('name', l.name, 'quantity', l.quantity, 'unitAmount', l.unit_amount,
      'amount', l.amount, 'isDebt', false) order by ll.line_ord)
    from transaction_lines_transaction_lnk ll join transaction_lines l on l.id = ll.line_id
    where ll.transaction_id = t.id) as lines,
  t.captured_amount as captured, t.refunded_amount as refunded,
  debt.owed, debt.paid_later, debt.forgiven, p.card_brand, p.card_last_4
from transactions t
left join transactions_machine_lnk tm on tm.transaction_id = t.id
left join machines m on m.id = tm.machine_id
left join lateral (
  select q.card_brand, q.card_last_4 from payments q join payments_transaction_lnk l on l.payment_id = q.id
  where l.transaction_id = t.id order by q.id desc limit 1
) p on true
left join lateral (
  select sum(d.amount) filter (where d.state = 'open')::int as owed,
    sum(d.amount) filter (where d.state = 'settled')::int as paid_later,
    sum(d.amount) filter (where d.state = 'forgiven')::int as forgiven
  from debts d join debts_transaction_lnk dl on dl.debt_id = d.id where dl.transaction_id = t.id
) debt on true
where t.document_id = $1 and t.state in ('completed', 'empty')`,
    },
    [id],
  );
  return rows.map(receiptOf)[0];
}

/** @param id a documentId. Undefined for a checkout that was not paid. */
export async function findCheckoutReceipt(sql: Sql, id: string): Promise<Receipt | undefined> {
  const rows = await sql.rows<Row>(
    {
      name: 'billing.checkout-receipt',
      text: `
select c.document_id as number, null as place, null as timezone, c.currency, c.amount as total,
  c.ended_at at time zone 'UTC' as at,
  (select json_agg(json_build_object('name', l ->> 'name', 'quantity', (l ->> 'quantity')::int,
      'unitAmount', (l ->> 'unitAmount')::int, 'amount', (l ->> 'amount')::int,
      'isDebt', l ->> 'debtId' is not null) order by n)
    from jsonb_array_elements(c.lines) with ordinality as e(l, n)) as lines,
  p.captured_amount as captured, p.refunded_amount as refunded, 0 as owed, 0 as paid_later,
  0 as forgiven, p.card_brand, p.card_last_4
from checkouts c
left join payments_checkout_lnk pc on pc.checkout_id = c.id
left join payments p on p.id = pc.payment_id
where c.document_id = $1 and c.state = 'complete' and c.mode = 'payment'`,
    },
    [id],
  );
  return rows.map(receiptOf)[0];
}

function receiptOf(row: Row): Receipt {
  return {
    number: row.number,
    place: row.place,
    at: row.at,
    timeZone: row.timezone,
    currency: row.currency,
    lines: row.lines ?? [],
    total: row.total ?? 0,
    captured: row.captured,
    refunded: row.refunded ?? 0,
    owed: row.owed ?? 0,
    paidLater: row.paid_later ?? 0,
    forgiven: row.forgiven ?? 0,
    card: { brand: row.card_brand, last4: row.card_last_4 },
  };
}
