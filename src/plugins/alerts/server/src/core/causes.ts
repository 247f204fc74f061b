import type { AlertCause } from '../../../../purchases/server/src/ports/notifier';

/** How it is known that an incident is over. */
export type Ending =
  | 'resolved' // somebody says so: Notifier.resolve
  | 'decided' // none of its purchases waits for a human any more
  | 'opened' // the machine opened its door again
  | 'quiet'; // nothing new for a whole window

interface Cause {
  readonly ending: Ending;
  /** Whether an urgent alert of this cause may call the whole channel. Everything else waits for the next look. */
  readonly mayPage: boolean;
}

export const causes: Readonly<Record<AlertCause, Cause>> = {
  request_error: { ending: 'opened', mayPage: false },
  invalid_token: { ending: 'opened', mayPage: true },
  unknown_machine: { ending: 'opened', mayPage: false },
  subscription_expired: { ending: 'opened', mayPage: true },
  purchase_expired: { ending: 'quiet', mayPage: false },
  purchase_review: { ending: 'decided', mayPage: true },
  door_open: { ending: 'quiet', mayPage: false },
  catalogue_mismatch: { ending: 'quiet', mayPage: false },
  total_mismatch: { ending: 'quiet', mayPage: false },
  basket_mismatch: { ending: 'quiet', mayPage: false },
  late_completion: { ending: 'quiet', mayPage: false },
  gateway_down: { ending: 'resolved', mayPage: true },
  webhook_failed: { ending: 'quiet', mayPage: false },
  stripe_down: { ending: 'resolved', mayPage: true },
  payment_review: { ending: 'resolved', mayPage: true },
  hold_expiring: { ending: 'quiet', mayPage: true },
  debt_recorded: { ending: 'quiet', mayPage: false },
  subscription_unpaid: { ending: 'quiet', mayPage: false },
  dispute_opened: { ending: 'quiet', mayPage: true },
  refund_failed: { ending: 'quiet', mayPage: false },
  stripe_event_failed: { ending: 'quiet', mayPage: false },
  temperature_out_of_range: { ending: 'resolved', mayPage: true },
  readings_missing: { ending: 'resolved', mayPage: false },
  ledger_mismatch: { ending: 'quiet', mayPage: true },
  lot_recalled: { ending: 'quiet', mayPage: true },
  stock_mismatch: { ending: 'quiet', mayPage: false },
  meal_gone: { ending: 'quiet', mayPage: false },
  theft: { ending: 'quiet', mayPage: false },
};

/** The causes that end in a given way, for a sweep. */
export function causesEnding(ending: Ending): string[] {
  return Object.entries(causes).flatMap(([name, cause]) => (cause.ending === ending ? [name] : []));
}
