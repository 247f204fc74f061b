/** A refund whose Larder may be killed at a step of it. */
import { eventually } from '../eventually';
import { promisesAreKept } from './money';
import { lastAt, SETTLED_WITHIN_MS } from './rest';
import type { Kill, MoneyStage } from './stage';

/** What one refund gives back, in minor units. */
const REFUND = 10;

/** What is refunded, and by whom: a token that may. */
export interface Refundable {
  readonly machine: string;
  readonly token: string;
}

/**
 * Gives a little of a machine's captured purchase back, its `n`-th refund, and Larder dies meanwhile where `kill` says.
 * Throws where anything is given back twice, or not at all.
 * @returns the steps it came to.
 */
export async function refund(stage: MoneyStage, { machine, token }: Refundable, n: number, kill: Kill | null) {
  const { world } = stage;
  const bought = await lastAt(stage, machine);
  const ask = () =>
    world.larder
      .post(`/api/transactions/${bought?.id}/refunds`, { amount: REFUND, reason: 'It was cold.' }, token)
      .set('Idempotency-Key', `refund-${n}`);
  const isMade = () =>
    eventually(
      async () => {
        const { body } = await world.larder.get(`/api/transactions/${bought?.id}/refunds`, token);
        const states = (body as { data: { state: string }[] }).data.map(({ state }) => state);
        expect(states).toEqual(Array(n).fill('succeeded'));
      },
      { withinMs: SETTLED_WITHIN_MS, everyMs: 30 },
    );
  const steps = await stage.through(kill, async () => {
    expect((await ask()).status).toBe(201);
    await isMade();
  });
  expect((await ask()).status).toBe(201);
  await isMade();
  expect(world.fake.refunds().map(({ amount, status }) => [amount, status])).toEqual(
    Array(n).fill([REFUND, 'succeeded']),
  );
  const [row] = await world.database.sql.rows(
    `select p.refunded_amount as payment, t.refunded_amount as purchase,
       (select sum(l.amount)::int from ledger_entries l where l.payment_id = p.document_id and l.account = 'refunds') as ledger
     from payments p join transactions t on p.key = 'purchase:' || t.document_id where t.document_id = $1`,
    [bought?.id],
  );
  const all = n * REFUND;
  expect(row).toEqual({ payment: all, purchase: all, ledger: all });
  await promisesAreKept(stage);
  return steps;
}
