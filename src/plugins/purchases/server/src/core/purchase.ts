import type { VendorItem } from '../ports';
import type { State } from './states';

export type Door = 'locked' | 'unlocked' | 'unknown';

/** A live purchase as its owner holds it in memory: what the row says, without what only the row needs. */
export interface Purchase {
  readonly id: number;
  readonly documentId: string;
  readonly ref: string;
  readonly machine: { readonly id: number; readonly documentId: string; readonly vendorId: string };
  readonly user: { readonly id: number; readonly customerId: string } | null;
  readonly state: State;
  readonly door: Door;
  /** The ceiling in minor units of `currency`. */
  readonly authorizedAmount: number;
  readonly currency: string;
  readonly paymentProvider: string;
  readonly paymentIntentId: string | null;
  readonly vendorSession: string | null;
  /** Whether the door command was, or may have been, sent. Set before it leaves; never unset. */
  readonly doorRequested: boolean;
  /** Whether the customer and the operator were reminded that the door is open. */
  readonly reminded: boolean;
  /** The last list the fridge pushed. */
  readonly basket: readonly VendorItem[] | null;
  /** Writes carry it: an instance that lost the purchase to another one has an older number, and is refused. */
  readonly fence: number;
  /** Counts the changes of the row. */
  readonly revision: number;
  /** Why it was refused, in a stable word, and the vendor's number where it was the vendor. */
  readonly refusalCode: string | null;
  readonly vendorCode: number | null;
  readonly message: string | null;
}
