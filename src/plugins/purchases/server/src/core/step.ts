import type { AlertCause, Alert, EventRecord, VendorItem } from '../ports';
import type { Line } from './pricing';
import type { Door, Purchase } from './purchase';
import type { State } from './states';

/** What one thing that happened does to a purchase: always an entry in its history, at times a change and alerts. */
export interface Step {
  readonly record: EventRecord;
  readonly change: Change | null;
  readonly alerts: readonly AlertDraft[];
}

/** A change of the row. Absent keys stay as they are. `to` may be the state it has: then only the rest changes. */
export interface Change {
  readonly to: State;
  readonly door?: Door;
  readonly vendorSession?: string;
  /** Set in the same write that must come before the door command leaves; the write fails where it is set already. */
  readonly doorRequested?: true;
  readonly reminded?: true;
  readonly basket?: readonly VendorItem[];
  readonly refusalCode?: string;
  readonly vendorCode?: number | null;
  readonly message?: string | null;
  readonly authorizedAmount?: number;
  readonly paymentState?: 'recorded' | 'held' | 'at_risk';
  readonly paymentIntentId?: string | null;
  readonly captureBefore?: Date | null;
  readonly lines?: readonly Line[];
  readonly totalAmount?: number;
  /** What the vendor claimed, kept as evidence. */
  readonly vendorReport?: unknown;
  /** Only where the row's deadline has passed by the database's clock. */
  readonly onlyIfOverdue?: true;
}

export interface AlertDraft {
  readonly cause: AlertCause;
  readonly severity: Alert['severity'];
  readonly message: string;
  readonly vendorMessage: string | null;
}

/** The purchase as it is once a change has been written. */
export function afterChange(purchase: Purchase, change: Change): Purchase {
  return {
    ...purchase,
    state: change.to,
    door: change.door ?? purchase.door,
    vendorSession: change.vendorSession ?? purchase.vendorSession,
    doorRequested: change.doorRequested ?? purchase.doorRequested,
    reminded: change.reminded ?? purchase.reminded,
    basket: change.basket ?? purchase.basket,
    authorizedAmount: change.authorizedAmount ?? purchase.authorizedAmount,
    paymentIntentId: change.paymentIntentId ?? purchase.paymentIntentId,
    revision: purchase.revision + 1,
    refusalCode: change.refusalCode ?? purchase.refusalCode,
    vendorCode: change.vendorCode ?? purchase.vendorCode,
    message: change.message ?? purchase.message,
  };
}
