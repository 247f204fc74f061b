/** The port to people: what a purchase wants an operator to know. The `alerts` room implements it. */
import type { Job } from '../../../../../shared/jobs';

export interface Notifier {
  /** The job that raises an alert; sent in the transaction that causes it, so that neither exists without the other. */
  raise(alert: Alert): Job;
  /**
   * The job that ends what {@link Notifier.raise} began, for a cause that only its room can see the end of: `gateway_down`
   * when the gateway is up. Call it at every such moment, also after a restart; where nothing is open nothing happens.
   * Alerts that were sent before it are counted first.
   */
  resolve(cause: AlertCause, machineId: string | null): Job;
}

export interface Alert {
  readonly cause: AlertCause;
  /** `urgent` is worth waking somebody. */
  readonly severity: 'notice' | 'warning' | 'urgent';
  /** The same occurrence told twice counts once. */
  readonly occurrence: string;
  /** `documentId`s, for the links into the panel. */
  readonly machineId: string | null;
  readonly transactionId: string | null;
  /** The front end's customer id: the only personal datum that an alert may carry. */
  readonly customerId: string | null;
  /** One plain sentence: what happened. */
  readonly message: string;
  /** What the vendor said, where it said something. */
  readonly vendorMessage: string | null;
}

export type AlertCause =
  | 'request_error' // Vendron refused or failed the request for a door
  | 'invalid_token' // -2
  | 'unknown_machine' // -3
  | 'subscription_expired' // -11
  | 'purchase_expired'
  | 'purchase_review'
  | 'door_open' // longer than the deadline
  | 'catalogue_mismatch' // unknown product, or a price unlike ours
  | 'total_mismatch'
  | 'basket_mismatch' // the end contradicts what was last in the basket
  | 'late_completion' // a completion for a purchase that was already over
  | 'gateway_down'
  | 'webhook_failed'
  | 'stripe_down'
  | 'payment_review' // what Stripe says fits nothing we did: a person decides about the money
  | 'hold_expiring' // a hold lapses soon and its purchase is not decided
  | 'debt_recorded' // a basket above its hold, or a charge that failed afterwards
  | 'subscription_unpaid' // a new period could not be charged: nothing is collected until it is
  | 'dispute_opened'
  | 'refund_failed'
  | 'stripe_event_failed'
  | 'temperature_out_of_range' // a fridge was outside its limits for longer than they allow: its sales are locked
  | 'readings_missing' // nobody knows how cold it is
  | 'ledger_mismatch'
  | 'lot_recalled' // its meals are to be taken out, its buyers to be told
  | 'stock_mismatch' // what was taken or counted, and what the books say, differ
  | 'meal_gone' // taken while nobody had opened the door for a purchase
  | 'theft'; // a meal left with somebody else than its owner
