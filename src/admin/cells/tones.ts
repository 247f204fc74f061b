export type Tone = 'success' | 'warning' | 'danger' | 'primary' | 'neutral';

/** Green is over and well, blue is going on, amber wants a look, red went wrong; the rest is grey. */
const tones: Readonly<Record<string, Tone>> = {
  // Transactions
  requested: 'primary',
  authorized: 'primary',
  opening: 'primary',
  open: 'primary',
  closed: 'primary',
  completed: 'success',
  refused: 'danger',
  expired: 'danger',
  review: 'warning',
  // Doors
  unlocked: 'warning',
  // Payments
  held: 'primary',
  captured: 'success',
  capturing: 'primary',
  releasing: 'primary',
  at_risk: 'warning',
  action_required: 'warning',
  declined: 'danger',
  owed: 'danger',
  // Refunds, debts and invoices
  pending: 'primary',
  succeeded: 'success',
  settled: 'success',
  paid: 'success',
  complete: 'success',
  // Events
  orphan: 'warning',
  // Incidents
  warning: 'warning',
  urgent: 'danger',
  resolved: 'success',
  failed: 'danger',
};

/** The colour of a value of an enumeration. */
export function toneOf(value: string): Tone {
  return tones[value] ?? 'neutral';
}
