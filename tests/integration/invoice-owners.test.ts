/** An invoice belongs to whoever is its customer at Stripe, whichever of the two Larder hears of first. */
import type { InvoiceRow } from '../../src/plugins/billing/server/src/invoices/invoice-row';
import { saveInvoice } from '../../src/plugins/billing/server/src/invoices/save-invoice';
import { adoptStripeCustomer } from '../../src/plugins/billing/server/src/store/customers';
import { ensureBillingSchema } from '../../src/plugins/billing/server/src/store/schema';
import { findOrMakeCustomer } from '../../src/plugins/purchases/server/src/store/customers';
import { createTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await ensureBillingSchema(database.sql);
});
afterAll(() => database?.drop());

let made = 0;

/** Somebody nobody at Stripe is known for yet; answers their row id. */
async function user(): Promise<number> {
  const name = `user-${++made}`;
  const outcome = await findOrMakeCustomer(database.sql, name, `${name}@example.com`);
  if (outcome.kind !== 'customer') throw new Error(outcome.kind);
  return outcome.id;
}

const invoice = (id: string, customer: string, more: Partial<InvoiceRow> = {}) =>
  saveInvoice(database.sql, {
    ...{ id, customer, number: id, state: 'open', total: 100, amount_due: 100, amount_paid: 0, currency: 'EUR' },
    ...{ lines: [], intents: [], pdf: null, hosted: null, issued: 1, due: null, paid: null },
    ...more,
  });

const invoicesOf = async (userId: number) =>
  (
    await database.sql.rows<{ id: string }>(
      `select i.stripe_invoice_id as id from invoices i join invoices_user_lnk l on l.invoice_id = i.id
       where l.user_id = $1 order by i.id`,
      [userId],
    )
  ).map(({ id }) => id);

const name = (userId: number, customer: string | null) =>
  database.sql.rows(`update up_users set stripe_customer_id = $2 where id = $1`, [userId, customer]);

it('gets the invoices that were there before', async () => {
  const id = await user();
  await invoice('in_1', 'cus_1');
  await invoice('in_2', 'cus_1');
  await invoice('in_3', 'cus_other');
  expect(await invoicesOf(id)).toEqual([]);
  expect(await adoptStripeCustomer(database.sql, id, 'cus_1')).toBe(true);
  expect(await invoicesOf(id)).toEqual(['in_1', 'in_2']);
  await invoice('in_4', 'cus_1');
  await invoice('in_1', 'cus_1', { state: 'paid', amount_paid: 100 });
  expect(await invoicesOf(id)).toEqual(['in_1', 'in_2', 'in_4']);
});

it('loses those of somebody else when a person corrects who they are', async () => {
  const [one, other] = [await user(), await user()];
  await name(one, 'cus_a');
  await invoice('in_a', 'cus_a');
  await invoice('in_b', 'cus_b');
  await name(one, 'cus_b');
  expect(await invoicesOf(one)).toEqual(['in_b']);
  await name(other, 'cus_a');
  expect(await invoicesOf(other)).toEqual(['in_a']);
  await name(one, null);
  expect(await invoicesOf(one)).toEqual([]);
});

it('gets them also where both become known in the same moment', async () => {
  const ids = await Promise.all(Array.from({ length: 40 }, user));
  await Promise.all(
    ids.flatMap((id) => [
      invoice(`in_same_${id}`, `cus_same_${id}`),
      adoptStripeCustomer(database.sql, id, `cus_same_${id}`),
    ]),
  );
  for (const id of ids) expect(await invoicesOf(id)).toEqual([`in_same_${id}`]);
});

it('waits for an invoice that is being written', async () => {
  const id = await user();
  let adopted: Promise<boolean> | undefined;
  await database.sql.transaction(async (sql) => {
    await saveInvoice(sql, {
      ...{ id: 'in_slow', customer: 'cus_slow', number: null, state: 'open', total: 1, amount_due: 1, amount_paid: 0 },
      ...{ currency: 'EUR', lines: [], intents: [], pdf: null, hosted: null, issued: 1, due: null, paid: null },
    });
    adopted = adoptStripeCustomer(database.sql, id, 'cus_slow');
    await new Promise((resolve) => setTimeout(resolve, 100));
  });
  await adopted;
  expect(await invoicesOf(id)).toEqual(['in_slow']);
});
