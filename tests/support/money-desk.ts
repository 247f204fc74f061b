/** A Larder with the fake Stripe, and everybody who may or may not do something about money there. */
import { register } from './customers';
import type { Larder } from './larder';
import { invite, inviteOperator, logIn, makeApiToken } from './operator';
import { startStripeWorld, type StripeWorld } from './stripe-world';
import type { WorldOptions } from './world';

export interface MoneyDesk {
  readonly world: StripeWorld;
  /** Bearer tokens: API tokens that may refund, and only look at refunds; a customer's; an operator's and an editor's of the panel. */
  readonly tokens: Readonly<Record<'refunder' | 'reader' | 'customer' | 'operator' | 'editor', string>>;
  /** A purchase at M1 that is charged (released, where nothing is taken); answers its id. Two salads and a coffee are 14.60. */
  charged(name: string, skus?: readonly string[]): Promise<string>;
  /** `POST /api/transactions/:id/refunds`, with a new key where none is given. */
  refund(id: string, body: object, as?: string, key?: string): ReturnType<Larder['post']>;
  refunds(id: string, as?: string): ReturnType<Larder['get']>;
  /** The same from the panel. */
  refundAtDesk(id: string, body: object, as?: string, key?: string): ReturnType<Larder['post']>;
  refundable(id: string, as?: string): ReturnType<Larder['get']>;
  /** A purchase of 6.50 with 5.00 held: 1.50 are owed. */
  owing(name: string): Promise<{ id: string; debtId: string }>;
  /** A purchase whose hold was cancelled at Stripe before 6.50 could be charged: its payment is under review. */
  cancelled(name: string): Promise<{ id: string; paymentId: string }>;
  /** The id of a purchase's payment. */
  paymentOf(id: string): Promise<string>;
  /** `POST /billing/debts|payments/:id/decide` */
  decide(what: 'debts' | 'payments', id: string, body: object, as?: string): ReturnType<Larder['post']>;
  debts(query?: string, as?: string): ReturnType<Larder['get']>;
}

/** The `error.details` of a refusal, with the fields that it names. */
export function refusal(body: unknown): { code: string; state?: string; refundable?: number; fields: string[] } {
  const { details } = (body as { error: { details: { code: string; errors?: { field: string }[] } } }).error;
  return { ...details, fields: (details.errors ?? []).map(({ field }) => field) };
}

export async function startMoneyDesk(options: Pick<WorldOptions, 'stock'> = {}): Promise<MoneyDesk> {
  const world = await startStripeWorld({ machines: 2, ...options });
  const { larder } = world;
  const scopes = ['plugin::billing.refunds.create', 'plugin::billing.refunds.find'];
  const editor = { email: 'ed@larder.test', password: 'Larder-editor-1' };
  const tokens = {
    refunder: await makeApiToken(larder, 'Refunds', scopes),
    reader: await makeApiToken(larder, 'Reader', scopes.slice(1)),
    customer: (await register(larder, 'nosy')).jwt,
    operator: await logIn(larder, await inviteOperator(larder)),
    editor: await logIn(larder, await invite(larder, 'strapi-editor', editor)),
  };
  let keys = 0;
  const keyed = (path: string, body: object, as: string, key = `key-${++keys}`) =>
    world.larder.post(path, body, as).set('Idempotency-Key', key);
  const debts = (query = '', as?: string) => world.larder.get(`/api/billing/debts${query}`, as);
  const take = (skus: readonly string[]) => {
    for (const sku of skus) world.simulator.customer('M1').take(sku);
    world.simulator.customer('M1').close();
  };
  const paymentOf = async (id: string) => {
    const find = `select document_id as id from payments where key = 'purchase:' || $1`;
    const [row] = await world.database.sql.rows<{ id: string }>(find, [id]);
    return row?.id ?? '';
  };
  return {
    world,
    tokens,
    async charged(name, skus = ['1001', '1001', '1007']) {
      const id = await world.openedWithCard('M1', name);
      take(skus);
      await world.untilPaid(id, skus.length > 0 ? 'captured' : 'released');
      return id;
    },
    refund: (id, body, as = tokens.refunder, key) => keyed(`/api/transactions/${id}/refunds`, body, as, key),
    refunds: (id, as = tokens.refunder) => world.larder.get(`/api/transactions/${id}/refunds`, as),
    refundAtDesk: (id, body, as = tokens.operator, key) => keyed(`/billing/transactions/${id}/refunds`, body, as, key),
    refundable: (id, as = tokens.operator) => world.larder.get(`/billing/transactions/${id}/refundable`, as),
    async owing(name) {
      const paymentMethodId = await world.saveCard(name);
      const opened = await world.openWith('M1', name, { paymentMethodId, amount: 500, currency: 'EUR' }).expect(200);
      take(['1001']);
      const { id } = opened.body as { id: string };
      await world.untilPaid(id, 'captured');
      const { body } = await debts(`?customer=${name}&state=open`).expect(200);
      return { id, debtId: (body as { data: { id: string }[] }).data[0]?.id ?? '' };
    },
    async cancelled(name) {
      const id = await world.openedWithCard('M1', name);
      const { payment_intent_id: intent } = await world.payment(id);
      world.fake.hands.cancelFromDashboard(intent ?? '');
      take(['1001']);
      await world.untilPaid(id, 'review');
      return { id, paymentId: await paymentOf(id) };
    },
    paymentOf,
    decide: (what, id, body, as = tokens.operator) => world.larder.post(`/billing/${what}/${id}/decide`, body, as),
    debts,
  };
}
