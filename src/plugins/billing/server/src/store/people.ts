import type { Sql } from '../../../../../shared/sql';

/** A customer, with what Larder knows of them at Stripe: ids, and what is printed on their card. */
export interface Person {
  readonly id: number;
  readonly documentId: string;
  readonly email: string;
  /** The front end's id; null for somebody who registered by themselves. */
  readonly customerId: string | null;
  readonly isBlocked: boolean;
  readonly stripeCustomerId: string | null;
  readonly card: { readonly brand: string; readonly last4: string } | null;
}

export async function findPerson(sql: Sql, userId: number): Promise<Person | undefined> {
  const [row] = await sql.rows<{
    id: number;
    document_id: string;
    email: string;
    customer_id: string | null;
    blocked: boolean | null;
    stripe_customer_id: string | null;
    card_brand: string | null;
    card_last_4: string | null;
  }>(
    {
      name: 'billing.person',
      text: `select id, document_id, email, customer_id, blocked, stripe_customer_id, card_brand, card_last_4
from up_users where id = $1`,
    },
    [userId],
  );
  return (
    row && {
      id: row.id,
      documentId: row.document_id,
      email: row.email,
      customerId: row.customer_id,
      isBlocked: row.blocked ?? false,
      stripeCustomerId: row.stripe_customer_id,
      card: row.card_last_4 === null ? null : { brand: row.card_brand ?? 'card', last4: row.card_last_4 },
    }
  );
}
