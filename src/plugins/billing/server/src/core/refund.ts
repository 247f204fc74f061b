/**
 * A refund. Its row is `requested` when it is written, before Stripe is asked. Stripe may take its time (`pending`), and it
 * ends `succeeded` or `failed`. A bank can send the money of a refund that succeeded back: then it is `failed` after all.
 */
export const REFUND_STATES = ['requested', 'pending', 'succeeded', 'failed'] as const;

export type RefundState = (typeof REFUND_STATES)[number];

const TRANSITIONS: Readonly<Record<RefundState, readonly RefundState[]>> = {
  requested: ['pending', 'succeeded', 'failed'],
  pending: ['succeeded', 'failed'],
  succeeded: ['failed'],
  failed: [],
};

export function mayRefundBecome(from: RefundState, to: RefundState): boolean {
  return TRANSITIONS[from].includes(to);
}

/** A product is bought, collected against a subscription, or kept although it is somebody else's. */
export const LINE_KINDS = ['sale', 'collected', 'theft'] as const;

export type LineKind = (typeof LINE_KINDS)[number];

/** A line that is given money back for. Amounts in minor units. */
export interface RefundLine {
  readonly sku: string;
  readonly kind: LineKind;
  readonly quantity: number;
  readonly unitAmount: number;
  readonly amount: number;
}

/** A refund's row, as the room works with it. */
export interface Refund {
  readonly id: number;
  readonly documentId: string;
  /** Deterministic; Stripe's refund carries it in its metadata. */
  readonly key: string;
  readonly requestHash: string | null;
  readonly state: RefundState;
  /** In minor units of `currency`. */
  readonly amount: number;
  readonly currency: string;
  /** What was chosen; null for an amount. */
  readonly lines: readonly RefundLine[] | null;
  readonly reason: string;
  readonly requestedBy: string;
  readonly stripeRefundId: string | null;
  readonly failureReason: string | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  /** The key of the payment that it gives back from. */
  readonly paymentKey: string;
}
