/** What is asked of Stripe about one subject; part of its idempotency key. */
export type Operation = 'hold' | 'capture' | 'release' | 'refund' | 'customer' | 'checkout' | 'charge';

/**
 * The idempotency key of a call: the same subject, operation and attempt always give the same key, so that a restart, a
 * second instance and a job that runs twice all mean the same call.
 */
export function idempotencyKey(subject: string, operation: Operation, attempt: number): string {
  return `larder:${subject}:${operation}:${attempt}`;
}

/** The `key` of the payment of a purchase. */
export function purchasePaymentKey(transactionId: string): string {
  return `purchase:${transactionId}`;
}
