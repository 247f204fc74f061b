/**
 * The states of a purchase.
 *
 * A purchase is `requested` when the front end asked for a door, `authorized` when its money is secured, `opening` when the
 * fridge was asked, `open` when the door is known to be unlocked, `closed` when it is known to be locked again, and ends
 * `completed` (something was taken) or `empty` (nothing was). It is `refused` when Vendron or the payment said no,
 * `expired` when nobody answered and the door never opened, and goes to `review` when nobody can know what happened: then
 * the hold is kept and a person decides.
 *
 * A frame may skip steps, because frames get lost, but never goes back. `opening` has two halves: before the door was asked
 * for (`doorRequested` false) an end without an answer is `expired`; after it, `review`.
 */
export const STATES = [
  'requested',
  'authorized',
  'opening',
  'open',
  'closed',
  'completed',
  'empty',
  'refused',
  'expired',
  'review',
] as const;

export type State = (typeof STATES)[number];

/** Where each state may go. Everything else is recorded and changes nothing. */
export const TRANSITIONS: Readonly<Record<State, readonly State[]>> = {
  requested: ['authorized', 'refused', 'expired'],
  authorized: ['opening', 'expired'],
  opening: ['open', 'closed', 'completed', 'empty', 'refused', 'expired', 'review'],
  open: ['closed', 'completed', 'empty', 'review'],
  closed: ['completed', 'empty', 'review'],
  review: ['completed', 'empty'],
  completed: [],
  empty: [],
  refused: [],
  expired: [],
};

const OVER: ReadonlySet<State> = new Set(['completed', 'empty', 'refused', 'expired', 'review']);

/** Whether a purchase no longer occupies its machine. */
export function isOver(state: State): boolean {
  return OVER.has(state);
}

/** Whether the front end is still waiting to hear about the door. */
export function isBeforeOpen(state: State): boolean {
  return state === 'requested' || state === 'authorized' || state === 'opening';
}

export function mayGo(from: State, to: State): boolean {
  return TRANSITIONS[from].includes(to);
}
