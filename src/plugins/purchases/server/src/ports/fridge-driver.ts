/**
 * The port to the fridges. The `vendron` room implements it; the purchase core knows nothing of frames or sockets.
 *
 * A purchase takes one line for itself from the request to the end. What happens at the fridge arrives as signals, in the
 * order of arrival, and a signal may come at any moment after the line was taken, also after it was released.
 */
import type { EventRecord } from './frame';

export interface FridgeDriver {
  /** Asks once whether a machine is free; asked again on a new connection where the first one broke. Never throws. */
  checkState(vendorId: string): Promise<StateCheck>;
  /** Takes a line for one purchase. Bounded: answers `unavailable` when no connection could be had in time. */
  takeLine(purchase: LineRequest): Promise<FridgeLine | LineUnavailable>;
  /**
   * The record of the request that a line of this purchase would prepare, so that it can be stored before the line is
   * taken. Null where no line is to be expected soon.
   */
  recordRequest(purchase: Pick<LineRequest, 'ref' | 'vendorId'>, order: RequestOrder): EventRecord | null;
  health(): DriverHealth;
}

export interface LineRequest {
  /** Our own reference: the `ref` of every command on this line. */
  readonly ref: string;
  readonly vendorId: string;
  readonly onSignal: (signal: FridgeSignal) => void;
}

export interface LineUnavailable {
  readonly kind: 'unavailable';
  readonly reason: string;
}

export interface FridgeLine {
  readonly kind: 'line';
  /** Asks the machine to begin a session. */
  prepareRequest(order: RequestOrder): PreparedCommand;
  /** Asks for the door. The caller sees to it that this is sent at most once a purchase. */
  prepareDoorOpen(order: RequestOrder & { readonly session: string }): PreparedCommand;
  /** Asks how the machine is; the answer comes as a `machine` signal. */
  prepareStateCheck(): PreparedCommand;
  /** The purchase is over. Late frames of it are still reported for a while; then the connection is closed. */
  release(): void;
  /** Somebody else looks after the purchase now: the connection closes at once. What still comes is reported as stray. */
  abandon(): void;
}

/** A command that can be stored before it leaves. */
export interface PreparedCommand {
  readonly record: EventRecord;
  /** Writes the frame. False when the line is broken: nothing was sent, and a `lost` signal was or will be given. */
  send(): boolean;
}

export interface RequestOrder {
  /** The ceiling, in minor units of `currency`. */
  readonly amount: number;
  readonly currency: string;
  /** Free text for the vendor's records. Carries no personal data. */
  readonly detail: string;
}

/** One product in a fridge's list. Prices are the vendor's text, untrusted. */
export interface VendorItem {
  readonly sku: string;
  readonly name: string | null;
  readonly unitPrice: string | null;
}

export type Refusal = {
  /** A stable word of ours for the vendor's code. */
  readonly code: RefusalCode;
  /** The vendor's number, where there was a readable one. */
  readonly vendorCode: number | null;
  readonly message: string | null;
};

export type RefusalCode =
  | 'invalid_parameters' // -1
  | 'invalid_token' // -2
  | 'unknown_machine' // -3
  | 'machine_offline' // -4
  | 'machine_busy' // -5
  | 'cancelled' // -10
  | 'subscription_expired' // -11
  | 'unknown_refusal';

export type MachineState = 'available' | 'busy' | 'offline' | 'expired' | 'unknown';

export type FridgeSignal =
  | (Framed & { readonly kind: 'acknowledged' })
  | (Framed & { readonly kind: 'begun' })
  | (Framed & { readonly kind: 'refused'; readonly stage: 'request' | 'door'; readonly refusal: Refusal })
  | (Framed & { readonly kind: 'unlocked' })
  | (Framed & { readonly kind: 'basket'; readonly items: readonly VendorItem[] })
  | (Framed & { readonly kind: 'locked' })
  | (Framed & { readonly kind: 'completed'; readonly items: readonly VendorItem[]; readonly total: string | null })
  | (Framed & { readonly kind: 'ended'; readonly refusal: Refusal })
  | (Framed & { readonly kind: 'machine'; readonly state: MachineState; readonly refusal: Refusal | null })
  /** Something we cannot act on: malformed, too large, unknown. `record.outcome` says what. */
  | (Framed & { readonly kind: 'noise' })
  /** The connection is gone. The only signal without a frame, and the last one of its line. */
  | { readonly kind: 'lost'; readonly reason: string };

interface Framed {
  readonly record: EventRecord;
  /** The vendor's session where the frame names one. */
  readonly session: string | null;
  /** The frame's `ref` where it is a string. Unreliable: the last of the three ways to tell whose frame this is. */
  readonly ref: string | null;
}

/** A signal that came in a frame. */
export type FramedSignal = Exclude<FridgeSignal, { kind: 'lost' }>;

export type StateCheck =
  | {
      readonly kind: 'answered';
      readonly state: MachineState;
      readonly refusal: Refusal | null;
      readonly message: string | null;
      readonly records: readonly EventRecord[];
    }
  | { readonly kind: 'unavailable'; readonly reason: string; readonly records: readonly EventRecord[] };

export interface DriverHealth {
  readonly up: boolean;
  /** Connections open now, and of those the ones that serve a purchase. */
  readonly connections: number;
  readonly busy: number;
  /** Why the last connection failed, where the driver is down. */
  readonly reason: string | null;
}
