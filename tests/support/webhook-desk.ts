/** Purchases with money at the fake Stripe, and what Larder makes of what Stripe tells about them. */
import type { StripeWorld } from './stripe-world';

export interface TestPurchase {
  readonly machine: string;
  readonly id: string;
  /** Of its hold. */
  readonly intent: string;
}

export interface WebhookDesk {
  /** An open door with 25.00 held, at a machine that no purchase was at before. */
  opened(): Promise<TestPurchase>;
  /** Takes these meals and closes the door. */
  shop(machine: string, skus: readonly string[]): void;
  /** A purchase of 7.90 EUR, captured. */
  bought(): Promise<TestPurchase>;
  /** The outcomes of the events of that name in a purchase's history. */
  notes(id: string, name: string): Promise<(string | null)[]>;
  /** What an account of the ledger has of a purchase. */
  balance(id: string, account: string): Promise<number | undefined>;
  /** The purchase's payment, as it is stored. */
  paymentOf(id: string): Promise<{ state: string; disputed_amount: number; refunded_amount: number } | undefined>;
}

export function openWebhookDesk(world: StripeWorld): WebhookDesk {
  let machines = 0;
  const { sql } = world.database;
  const desk: WebhookDesk = {
    async opened() {
      const machine = `M${++machines}`;
      const id = await world.openedWithCard(machine, `buyer-${machine}`);
      const { payment_intent_id: intent } = await world.payment(id);
      return { machine, id, intent: intent ?? '' };
    },
    shop(machine, skus) {
      const customer = world.simulator.customer(machine);
      for (const sku of skus) customer.take(sku);
      customer.close();
    },
    async bought() {
      const purchase = await desk.opened();
      desk.shop(purchase.machine, ['1002']);
      await world.untilPaid(purchase.id, 'captured');
      return purchase;
    },
    notes: async (id, name) =>
      (await world.history(id)).filter((event) => event.name === name).map(({ outcome }) => outcome),
    async balance(id, account) {
      const [row] = await sql.rows<{ sum: number }>(
        `select coalesce(sum(amount), 0)::int as sum from ledger_entries where transaction_id = $1 and account = $2`,
        [id, account],
      );
      return row?.sum;
    },
    async paymentOf(id) {
      const [row] = await sql.rows<{ state: string; disputed_amount: number; refunded_amount: number }>(
        `select state, disputed_amount, refunded_amount, fee_amount from payments where key = $1`,
        [`purchase:${id}`],
      );
      return row;
    },
  };
  return desk;
}
