/** What there is to measure, in the order in which it is. */
import type { Stage } from '../stage/stage';
import type { Report } from '../report';
import { measureCaptures } from './captures';
import { measureDoors } from './doors';
import { measureEvents } from './events';
import { measureGrowth } from './growth';
import { measureMealEvents } from './meal-events';
import { measurePurchases } from './purchases';
import { measureReads } from './reads';
import { measureTelemetry } from './telemetry';

/** Measures one thing, and reports it. Throws where what was measured did not work. */
export type Part = (stage: Stage, report: Report) => Promise<void>;

const PARTS = {
  purchases: measurePurchases,
  reads: measureReads,
  events: measureEvents,
  doors: measureDoors,
  captures: measureCaptures,
  telemetry: measureTelemetry,
  'meal-events': measureMealEvents,
  growth: measureGrowth,
} as const satisfies Record<string, Part>;

export type PartName = keyof typeof PARTS;

export const PART_NAMES = Object.keys(PARTS) as readonly PartName[];

export function partOf(name: PartName): Part {
  return PARTS[name];
}
