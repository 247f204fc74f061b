import { newDocumentId } from '../../../../../shared/ids';
import { violatedConstraint, type Sql } from '../../../../../shared/sql';

export type CustomerOutcome =
  | { readonly kind: 'customer'; readonly id: number; readonly isBlocked: boolean }
  /** The e-mail belongs to a customer with another id. */
  | { readonly kind: 'conflict' };

/**
 * Finds the customer with this id, or makes one, once however many calls arrive together. The id decides: a changed
 * e-mail is updated. A customer made here has no password and cannot log in until one is set through the mailbox.
 */
export async function findOrMakeCustomer(sql: Sql, customerId: string, email: string): Promise<CustomerOutcome> {
  try {
    return (
      (await find(sql, customerId, email)) ??
      (await make(sql, customerId, email)) ??
      (await findAgain(sql, customerId, email))
    );
  } catch (error) {
    if (violatedConstraint(error) === 'up_users_email_unique') return { kind: 'conflict' };
    throw error;
  }
}

/** The row id of the customer with this id, or null. */
export async function findCustomer(sql: Sql, customerId: string | null): Promise<number | null> {
  if (customerId === null) return null;
  const [row] = await sql.rows<{ id: number }>(
    { name: 'customers.id', text: `select id from up_users where customer_id = $1` },
    [customerId],
  );
  return row?.id ?? null;
}

interface Row {
  id: number;
  blocked: boolean | null;
}

const asOutcome = (row: Row): CustomerOutcome => ({ kind: 'customer', id: row.id, isBlocked: row.blocked ?? false });

async function find(sql: Sql, customerId: string, email: string): Promise<CustomerOutcome | undefined> {
  const [row] = await sql.rows<Row & { email: string }>(
    { name: 'customers.find', text: `select id, blocked, email from up_users where customer_id = $1` },
    [customerId],
  );
  if (!row) return undefined;
  if (row.email.toLowerCase() !== email.toLowerCase()) {
    await sql.rows(
      { name: 'customers.email', text: `update up_users set email = $2, updated_at = now() where id = $1` },
      [row.id, email.toLowerCase()],
    );
  }
  return asOutcome(row);
}

/** Undefined where another call made the customer, or one with this e-mail, in the same moment. */
async function make(sql: Sql, customerId: string, email: string): Promise<CustomerOutcome | undefined> {
  const [row] = await sql.rows<Row>(
    {
      name: 'customers.make',
      text: `
with made as (
  insert into up_users (document_id, username, email, provider, confirmed, blocked, customer_id, created_at, updated_at, published_at)
  values ($1, 'customer:' || $2, lower($3), 'local', false, false, $2, now(), now(), now())
  on conflict do nothing
  returning id, blocked
),
as_customer as (
  insert into up_users_role_lnk (user_id, role_id)
  select made.id, role.id from made, up_roles role where role.type = 'authenticated'
)
select id, blocked from made`,
    },
    [newDocumentId(), customerId, email],
  );
  return row && asOutcome(row);
}

async function findAgain(sql: Sql, customerId: string, email: string): Promise<CustomerOutcome> {
  return (await find(sql, customerId, email)) ?? { kind: 'conflict' };
}
