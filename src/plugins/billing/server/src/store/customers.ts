import { violatedConstraint, type Sql } from '../../../../../shared/sql';

/**
 * Writes down who a user is at Stripe, where that is not known yet.
 * @returns false when this customer at Stripe is another user's.
 */
export async function adoptStripeCustomer(sql: Sql, userId: number, stripeCustomerId: string): Promise<boolean> {
  try {
    const [row] = await sql.rows<{ stripe_customer_id: string | null }>(
      {
        name: 'billing.adopt-customer',
        text: `
update up_users set stripe_customer_id = coalesce(stripe_customer_id, $2), updated_at = now()
where id = $1 returning stripe_customer_id`,
      },
      [userId, stripeCustomerId],
    );
    return row?.stripe_customer_id === stripeCustomerId;
  } catch (error) {
    if (violatedConstraint(error) !== undefined) return false;
    throw error;
  }
}
