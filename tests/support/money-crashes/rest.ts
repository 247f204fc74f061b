/** When a purchase, and its money, are at an end. */
import { eventually } from '../eventually';
import { OVER, purchasesAt, type StoredPurchase } from '../purchases';
import type { MoneyStage } from './stage';

export const SETTLED_WITHIN_MS = 60_000;

export async function lastAt({ world }: MoneyStage, machine: string): Promise<StoredPurchase | undefined> {
  return (await purchasesAt(world.database.sql, machine)).at(-1);
}

/** The machine's last purchase once it is over and its money is at an end; with a person, the hold stands and waits. */
export function atRest(stage: MoneyStage, machine: string): Promise<StoredPurchase> {
  return eventually(
    async () => {
      const end = await lastAt(stage, machine);
      if (!end || !OVER.includes(end.state)) throw new Error(`The purchase at ${machine} is ${end?.state}.`);
      const payments = await stage.world.database.sql.rows<{ state: string }>(
        `select state from payments where key = $1`,
        [`purchase:${end.id}`],
      );
      const states = payments.map(({ state }) => state);
      const isAtRest = states.every((state) =>
        end.state === 'review' ? state === 'held' : ['captured', 'released'].includes(state),
      );
      if (!isAtRest) throw new Error(`The purchase at ${machine} is ${end.state}, its money ${String(states)}.`);
      return end;
    },
    { withinMs: SETTLED_WITHIN_MS, everyMs: 30 },
  );
}
