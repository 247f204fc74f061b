/** As much of a transaction as a decision needs, the way the form of its page holds it. */
export interface PurchaseUnderReview {
  readonly documentId: string;
  readonly state: string;
  readonly currency: string;
  /** The last list the fridge pushed. */
  readonly basket?: unknown;
}
