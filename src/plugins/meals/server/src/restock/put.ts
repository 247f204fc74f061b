/** Meals come into a machine: by a scan in a restock, or with a delivery. */
import type { Sql } from '../../../../../shared/sql';
import { planIn, type InRules, type ItemIn, type PlanIn, type StepIn } from '../core/plan-in';
import type { Fridge } from '../core/restock';
import { findCustomers, findKeys, findLots, findSkus } from '../store/known-meals';
import { recordMovements, type Movement } from '../store/movements';
import { putIn } from '../store/put-in';
import { StockMoved, type Turn } from './turn';

/** Checks items against what is known, under the lock of their machines. Writes nothing. */
export async function planItems(turn: Turn, fridge: Fridge, items: readonly ItemIn[], rules: InRules): Promise<PlanIn> {
  const { sql } = turn;
  const meals = await turn.lock(said(items, ({ barcode }) => barcode));
  const skus = await findSkus(
    sql,
    said(items, ({ sku }) => sku),
  );
  const lots = await findLots(
    sql,
    said(items, ({ lot }) => lot),
  );
  const customers = await findCustomers(
    sql,
    said(items, ({ reservedFor }) => reservedFor),
  );
  const { keys, now } = await findKeys(sql, items.map(rules.keyOf));
  return planIn(items, fridge, { meals, skus, lots, customers, keys, now }, rules);
}

export interface PutBy {
  readonly restockId: string | null;
  readonly movedBy: string;
  readonly reason: string | null;
  /** `in` where it is not said. */
  readonly kind?: 'in' | 'correction';
}

/** A meal that stood in another machine until now. */
export interface Moved {
  readonly barcode: string;
  /** A machine's documentId. */
  readonly from: string;
}

/** Writes what was planned. */
export async function putSteps(
  sql: Sql,
  fridge: Fridge,
  steps: readonly StepIn[],
  by: PutBy,
): Promise<readonly Moved[]> {
  if (!(await putIn(sql, fridge.id, steps))) throw new StockMoved();
  const moving = steps.filter(({ isMoved }) => isMoved);
  const elsewhere = moving.filter(({ meal }) => meal?.machine);
  const machines = new Map(elsewhere.flatMap(({ meal }) => (meal?.machine ? [[meal.machine.id, meal.machine]] : [])));
  for (const machine of machines.values()) {
    const gone = elsewhere.filter(({ meal }) => meal?.machine?.id === machine.id);
    await recordMovements(
      sql,
      machine,
      gone.map((step): Movement => ({
        ...movementOf(step, by),
        key: `${step.key}:from`,
        kind: by.kind === 'correction' ? 'correction' : 'out',
        quantity: -1,
        reason: `Moved to ${fridge.label}`,
      })),
    );
  }
  await recordMovements(
    sql,
    fridge,
    moving.map((step) => movementOf(step, by)),
  );
  return elsewhere.map(({ barcode, meal }) => ({ barcode: barcode ?? '', from: meal?.machine?.documentId ?? '' }));
}

function movementOf({ key, quantity, sku, barcode }: StepIn, { kind = 'in', ...by }: PutBy): Movement {
  return { key, kind, quantity, sku, barcode, transactionId: null, ...by };
}

function said(items: readonly ItemIn[], of: (item: ItemIn) => string | null): string[] {
  return [...new Set(items.flatMap((item) => of(item) ?? []))];
}
