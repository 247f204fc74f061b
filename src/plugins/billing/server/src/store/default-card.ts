import type { Sql } from '../../../../../shared/sql';
import type { SavedCard } from './saved-card';

export interface CardOwner {
  readonly userId: number;
  readonly paymentMethodId: string | null;
}

/** Whose customer at Stripe this is, and which card is theirs. */
export async function cardOwner(sql: Sql, stripeCustomerId: string): Promise<CardOwner | undefined> {
  const [row] = await sql.rows<{ id: number; method: string | null }>(
    {
      name: 'billing.card-owner',
      text: `select id, default_payment_method_id as method from up_users where stripe_customer_id = $1`,
    },
    [stripeCustomerId],
  );
  return row && { userId: row.id, paymentMethodId: row.method };
}

/** The card can be used no more. @returns whether it was anybody's. */
export async function dropCard(sql: Sql, paymentMethodId: string): Promise<boolean> {
  const rows = await sql.rows(
    {
      name: 'billing.drop-card',
      text: `
update up_users set default_payment_method_id = null, card_brand = null, card_last_4 = null, card_fingerprint = null, updated_at = now()
where default_payment_method_id = $1 returning id`,
    },
    [paymentMethodId],
  );
  return rows.length > 0;
}

/** A card was replaced by its bank: same id, other digits. @returns whether it is anybody's. */
export async function renameCard(
  sql: Sql,
  { paymentMethodId, brand, last4, fingerprint }: SavedCard,
): Promise<boolean> {
  const rows = await sql.rows(
    {
      name: 'billing.rename-card',
      text: `
update up_users set card_brand = $2, card_last_4 = $3, card_fingerprint = $4, updated_at = now()
where default_payment_method_id = $1 returning id`,
    },
    [paymentMethodId, brand, last4, fingerprint],
  );
  return rows.length > 0;
}
