/** A lot as those see it who decide about it. */
import type { Database, Sql } from '../../../../../shared/sql';
import { findBuyers, findLot, findPlaces, type Lot, type LotBuyer, type LotPlace } from '../store/lots';
import { recallName } from './refund-buyers';

/** What a lot is and where its meals are. */
export interface LotView {
  readonly id: string;
  readonly code: string;
  readonly sku: string;
  readonly state: Lot['state'];
  readonly reason: string | null;
  /** Meals that stand in machines; they are in the books until somebody takes them out. */
  readonly meals: number;
  readonly machines: readonly LotPlace[];
  /** Who bought some, where that was asked for. */
  readonly buyers: readonly LotBuyer[];
}

export async function viewLot(sql: Sql, lot: Lot, { withBuyers }: { withBuyers: boolean }): Promise<LotView> {
  const { documentId: id, code, sku, state, reason } = lot;
  const machines = await findPlaces(sql, lot.id);
  const buyers = withBuyers ? await findBuyers(sql, lot, recallName(id)) : [];
  const meals = machines.reduce((sum, place) => sum + place.meals, 0);
  return { id, code, sku, state, reason, meals, machines, buyers };
}

/** With its buyers, also before a recall: these it would be about. Null where there is no such lot. */
export function lookAtLot(database: Database, id: string): Promise<LotView | null> {
  return database.transaction(async (sql) => {
    const lot = await findLot(sql, id);
    return lot && viewLot(sql, lot, { withBuyers: true });
  });
}
