/**
 * Whoever moves meals between machines takes turns at each of them. Which machines these are is only known from the meals,
 * so it is looked at first, locked in order, and looked at again.
 */
import type { Database, Sql } from '../../../../../shared/sql';
import type { Fridge, KnownMeal } from '../core/restock';
import { findMachinesOf, lockMeals } from '../store/known-meals';
import { lockStock } from '../store/standing';

/** A meal came to stand in a machine that is not locked: from the start again. */
export class StockMoved extends Error {
  readonly code = 'stock_moved';

  constructor() {
    super('Somebody else moved one of these meals meanwhile.');
    this.name = 'StockMoved';
  }
}

const TRIES = 5;

/** Work on the stock of a machine, in one transaction. */
export interface Turn {
  readonly sql: Sql;
  /** The meals of these barcodes and, with `all`, those that stand in the machine; locked. */
  lock(barcodes: readonly string[], all?: 'all'): Promise<ReadonlyMap<string, KnownMeal>>;
}

/** @returns undefined where others moved the same meals again and again. */
export async function inTurn<Result>(
  database: Database,
  fridge: Fridge,
  barcodes: readonly string[],
  work: (turn: Turn) => Promise<Result>,
): Promise<Result | undefined> {
  for (let n = 1; n <= TRIES; n += 1) {
    try {
      return await database.transaction(async (sql) => {
        const machines = new Set([fridge.documentId, ...(await findMachinesOf(sql, barcodes))]);
        for (const id of [...machines].sort()) await lockStock(sql, id);
        return work({
          sql,
          async lock(wanted, all) {
            const meals = await lockMeals(sql, wanted, all ? fridge.id : null);
            for (const { machine } of meals.values()) {
              if (machine && !machines.has(machine.documentId)) throw new StockMoved();
            }
            return meals;
          },
        });
      });
    } catch (error) {
      if (!(error instanceof StockMoved)) throw error;
    }
  }
  return undefined;
}
