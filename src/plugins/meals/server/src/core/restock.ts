/** A restock: a visit of an operator to a machine, with what they put in, take out and count. */

/** A machine as the people who fill it name it. */
export interface Fridge {
  /** A row id. */
  readonly id: number;
  readonly documentId: string;
  readonly vendorId: string;
  readonly label: string;
  /** IANA; null where nobody said. */
  readonly timeZone: string | null;
}

export interface Restock {
  readonly id: number;
  readonly documentId: string;
  readonly state: 'open' | 'closed';
  /** E.g. `token:3`. */
  readonly startedBy: string;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly inCount: number;
  readonly outCount: number;
  readonly wasteCount: number;
  readonly differenceCount: number;
  readonly note: string | null;
  readonly machine: Fridge;
}

/** What is wrong with one entry of a request or one row of a file. */
export interface Fault {
  /** Counted from 0. */
  readonly index: number;
  /** As the caller writes it, e.g. `barcode`. */
  readonly field: string;
  readonly code: FaultCode;
  readonly message: string;
}

export type FaultCode =
  | 'invalid'
  | 'duplicate'
  | 'unknown_product'
  | 'unknown_barcode'
  | 'unknown_customer'
  | 'other_product'
  | 'already_left'
  | 'not_here'
  | 'too_many'
  | 'spoiled'
  | 'recalled'
  | 'expired';

/** A meal that is known by its barcode, wherever it is. */
export interface KnownMeal {
  /** A row id. */
  readonly id: number;
  readonly barcode: string;
  readonly sku: string;
  readonly state: string;
  /** Milliseconds since the epoch; null where nobody said. */
  readonly expiresAt: number | null;
  readonly isReserved: boolean;
  readonly isLotRecalled: boolean;
  /** Where it stands by the books; null for one that has left. */
  readonly machine: Pick<Fridge, 'id' | 'documentId' | 'label'> | null;
}

/** Faults refuse a call as a whole; without any, there is a plan of what is to be written. */
export type Planned<Plan> =
  { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly faults: readonly Fault[] };
