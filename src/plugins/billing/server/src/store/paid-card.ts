import type { Sql } from '../../../../../shared/sql';
import type { Checkout } from '../core/checkout';

/** The card that a checkout was paid with, or that it saved. */
export async function findPaidCard(
  sql: Sql,
  { id, mode, user }: Pick<Checkout, 'id' | 'mode' | 'user'>,
): Promise<{ brand: string | null; last4: string | null } | null> {
  const [row] = await sql.rows<{ card_brand: string | null; card_last_4: string | null }>(
    mode === 'setup'
      ? { name: 'billing.own-card', text: `select card_brand, card_last_4 from up_users where id = $1` }
      : {
          name: 'billing.paid-card',
          text: `select p.card_brand, p.card_last_4 from payments p
join payments_checkout_lnk l on l.payment_id = p.id where l.checkout_id = $1`,
        },
    [mode === 'setup' ? user.id : id],
  );
  return row ? { brand: row.card_brand, last4: row.card_last_4 } : null;
}
