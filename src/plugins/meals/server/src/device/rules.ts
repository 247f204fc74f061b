/**
 * What the fridge is to do about a touch, a taking or a return: the first rule that fits. Pure; the words for people are in
 * `messages.ts`, what follows beyond the answer in `take-events.ts`.
 */
import { everyFacts, type Facts } from './facts';

export type Signal = 'none' | 'warn' | 'alarm';

/** A stable word for why. */
export type Reason =
  | 'late'
  | 'restocking'
  | 'unknown_barcode'
  | 'not_here'
  | 'outdated'
  | 'no_purchase'
  | 'alarm_over'
  | 'put_back'
  | 'reserved'
  | 'own'
  | 'free';

/** What a person is to hear of. */
export type Incident = 'meal_gone' | 'stock_mismatch';

/** What is written into the history of the purchase. */
export type Note = 'alarm' | 'alarm_over';

export interface Judgement {
  readonly signal: Signal;
  readonly reason: Reason;
  readonly incident?: Incident;
  readonly note?: Note;
}

interface Rule extends Judgement {
  readonly fits: (facts: Facts) => boolean;
}

const RULES: readonly Rule[] = [
  { signal: 'none', reason: 'unknown_barcode', fits: (f) => f.whose === 'unknown' },
  // Whoever it would warn has left, and what they took is settled.
  { signal: 'none', reason: 'late', fits: (f) => f.isLate && f.isAsBilled },
  { signal: 'none', reason: 'late', incident: 'stock_mismatch', fits: (f) => f.isLate },
  { signal: 'none', reason: 'restocking', fits: (f) => f.session === 'restock' },
  { signal: 'none', reason: 'not_here', fits: (f) => f.whose === 'elsewhere' },
  { signal: 'none', reason: 'outdated', fits: (f) => f.isOutdated },

  { signal: 'warn', reason: 'no_purchase', fits: (f) => f.session === 'none' && f.action === 'touched' },
  {
    signal: 'alarm',
    reason: 'no_purchase',
    incident: 'meal_gone',
    fits: (f) => f.session === 'none' && f.action === 'taken',
  },
  { signal: 'none', reason: 'alarm_over', fits: (f) => f.session === 'none' && f.wasOut },

  { signal: 'warn', reason: 'reserved', fits: (f) => f.whose === 'reserved' && f.action === 'touched' },
  { signal: 'alarm', reason: 'reserved', note: 'alarm', fits: (f) => f.whose === 'reserved' && f.action === 'taken' },
  { signal: 'none', reason: 'alarm_over', note: 'alarm_over', fits: (f) => f.whose === 'reserved' && f.wasOut },

  { signal: 'none', reason: 'put_back', fits: (f) => f.action === 'returned' },
  { signal: 'none', reason: 'own', fits: (f) => f.whose === 'own' },
  { signal: 'none', reason: 'free', fits: () => true },
];

export function judge(facts: Facts): Judgement {
  const rule = RULES.find(({ fits }) => fits(facts));
  if (!rule) throw new Error('No rule fits.');
  const { fits: _, ...judgement } = rule;
  return judgement;
}

/** Every case of which something is written into the history, and what; by {@link keyOf}. */
export const NOTES: Readonly<Record<string, Note>> = Object.fromEntries(
  everyFacts().flatMap((facts) => {
    const { note } = judge(facts);
    return note ? [[keyOf(facts), note]] : [];
  }),
);

/** The same text as the statement in `note-event.ts` makes of them. */
function keyOf({ action, session, whose, wasOut, isOutdated, isLate, isAsBilled }: Facts): string {
  return [action, session, whose, ...[wasOut, isOutdated, isLate, isAsBilled].map((is) => (is ? 't' : 'f'))].join(' ');
}
