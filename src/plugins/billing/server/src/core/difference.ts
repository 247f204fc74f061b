/** Where the books do not agree: a payment, and in one sentence what is wrong. */
export interface Difference {
  /** The payment's documentId; null where Stripe names one that Larder does not have. */
  readonly paymentId: string | null;
  readonly paymentKey: string;
  readonly transactionId: string | null;
  readonly machineId: string | null;
  readonly customerId: string | null;
  /** Which rule is broken, e.g. `captured`. */
  readonly rule: string;
  /** Minor units of `currency`. */
  readonly expected: number;
  readonly found: number;
  readonly currency: string;
}
