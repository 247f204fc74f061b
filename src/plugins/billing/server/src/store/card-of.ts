import type { Sql } from '../../../../../shared/sql';

export interface Card {
  readonly paymentMethodId: string | null;
  readonly stripeCustomerId: string | null;
}

/** The card that pays for a payment: the one the front end named, or else the customer's own. */
export async function cardOf(sql: Sql, paymentId: number): Promise<Card> {
  const [row] = await sql.rows<{ method: string | null; customer: string | null }>(
    {
      name: 'billing.card-of',
      text: `
select coalesce(t.payment ->> 'paymentMethodId', u.default_payment_method_id) as method, u.stripe_customer_id as customer
from payments p
left join payments_transaction_lnk pt on pt.payment_id = p.id left join transactions t on t.id = pt.transaction_id
left join payments_user_lnk pu on pu.payment_id = p.id left join up_users u on u.id = pu.user_id
where p.id = $1`,
    },
    [paymentId],
  );
  return { paymentMethodId: row?.method ?? null, stripeCustomerId: row?.customer ?? null };
}
