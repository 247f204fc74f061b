import type { Sql } from '../../../../../shared/sql';
import type { Checkout } from '../core/checkout';

/** A card as Larder knows it: Stripe's id, and what is printed on it. */
export interface SavedCard {
  readonly paymentMethodId: string;
  readonly brand: string | null;
  readonly last4: string | null;
  /** The same for the same card under every id. */
  readonly fingerprint: string | null;
}

/** Makes a card the one that later doors are opened with. */
export async function keepCard(sql: Sql, userId: number, card: SavedCard): Promise<void> {
  await sql.rows(
    {
      name: 'billing.keep-card',
      text: `
update up_users set default_payment_method_id = $2, card_brand = $3, card_last_4 = $4, card_fingerprint = $5, updated_at = now() where id = $1`,
    },
    [userId, card.paymentMethodId, card.brand, card.last4, card.fingerprint],
  );
}

/** Whether no card was saved by a later checkout: one that is told of late must not put an older card back. */
export async function isLatestCard(sql: Sql, { id, user }: Pick<Checkout, 'id' | 'user'>): Promise<boolean> {
  const rows = await sql.rows(
    {
      name: 'billing.latest-card',
      text: `
select from checkouts c join checkouts_user_lnk l on l.checkout_id = c.id
where l.user_id = $2 and c.id > $1 and c.mode = 'setup' and c.state = 'complete' limit 1`,
    },
    [id, user.id],
  );
  return rows.length === 0;
}
