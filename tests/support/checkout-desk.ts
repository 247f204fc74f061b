/** A Larder with the fake Stripe, and somebody who asks for checkouts and looks at what comes of them. */
import { newDocumentId } from '../../src/shared/ids';
import type { Larder } from './larder';
import { emailOf, startStripeWorld, type StripeWorld } from './stripe-world';

export interface CheckoutDesk {
  readonly world: StripeWorld;
  /** `POST /api/billing/checkout` */
  checkout(body: object, as?: string): ReturnType<Larder['post']>;
  /** The body of a checkout of two salads. */
  basket(name: string, more?: object): object;
  /** `GET /api/billing/checkout/:id` */
  read(id: string, as?: string): ReturnType<Larder['get']>;
  rows<Row extends Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  /** The id of a checkout's session at Stripe. */
  sessionOf(id: string): Promise<string>;
  /** The customers of this address at Stripe. */
  madeFor(email: string): ReturnType<StripeWorld['fake']['customers']>;
  /** A debt as a purchase leaves it; answers its id. */
  owe(customer: string, amount: number): Promise<string>;
  /** What the ledger says about one payment, account by account. */
  ledgerOf(paymentKey: string): Promise<Record<string, number>>;
}

/** A customer as a front end names them. */
export const userNamed = (name: string) => ({ id: name, email: emailOf(name) });

export async function startCheckoutDesk(): Promise<CheckoutDesk> {
  const world = await startStripeWorld({ machines: 2, env: { CORS_ORIGINS: 'https://shop.example' } });
  const desk: CheckoutDesk = {
    world,
    checkout: (body, as) => world.larder.post('/api/billing/checkout', body, as),
    basket: (name, more = {}) => ({ user: userNamed(name), lines: [{ sku: '1001', quantity: 2 }], ...more }),
    read: (id, as) => world.larder.get(`/api/billing/checkout/${id}`, as),
    rows: (text, values = []) => world.database.sql.rows(text, values),
    async sessionOf(id) {
      const find = `select stripe_session_id as id from checkouts where document_id = $1`;
      const [row] = await desk.rows<{ id: string }>(find, [id]);
      return row?.id ?? '';
    },
    madeFor: (email) => world.fake.customers().filter((customer) => customer.email === email),
    async owe(customer, amount) {
      const id = newDocumentId();
      await world.larder.post('/api/billing/customer', { user: userNamed(customer) });
      await world.database.sql.transaction(async (sql) => {
        await sql.rows(
          `with made as (
             insert into debts (document_id, key, state, cause, amount, currency, created_at, updated_at, published_at)
             values ($1::text, 'debt:' || $1::text, 'open', 'basket_above_hold', $2, 'EUR', now(), now(), now()) returning id)
           insert into debts_user_lnk (debt_id, user_id) select made.id, u.id from made, up_users u where u.customer_id = $3`,
          [id, amount, customer],
        );
        await sql.rows(
          `insert into ledger_entries (document_id, posting, account, amount, currency, posted_at)
           select d.id, 'debt:debt:' || $1::text, d.account, d.amount, 'EUR', now()
           from (values ('a' || $1::text, 'receivable', $2::int), ('b' || $1::text, 'sales', -$2::int)) d(id, account, amount)`,
          [id, amount],
        );
      });
      return id;
    },
    async ledgerOf(paymentKey) {
      const found = await desk.rows<{ account: string; amount: number }>(
        `select e.account, sum(e.amount)::int as amount from ledger_entries e join payments p on p.document_id = e.payment_id
         where p.key = $1 group by 1`,
        [paymentKey],
      );
      return Object.fromEntries(found.map(({ account, amount }) => [account, amount]));
    },
  };
  return desk;
}
