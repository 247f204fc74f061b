import type { Form } from '../wire/form';

/** A request that reached the fake, whatever became of it. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly idempotencyKey: string | null;
  /** Of the body, or of the query for GET. */
  readonly params: Form;
  /** Milliseconds, by the fake's clock. */
  readonly at: number;
  /** What was answered; 0 where nothing was. Absent while it runs. */
  status?: number;
  /** Whether the answer was one kept under the key. */
  replayed?: boolean;
}

/** What the fake does not know, so that a test can assert that nothing asked for it. */
export interface UnknownRequest {
  readonly method: string;
  readonly path: string;
  /** The parameter, where the route itself is known. */
  readonly param?: string;
}
