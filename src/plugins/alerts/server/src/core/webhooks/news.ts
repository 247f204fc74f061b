/** What other rooms have the webhook tell, beside finished purchases. */
import type { Job } from '../../../../../../shared/jobs';
import { queues } from '../queues';

export interface News {
  /** Made of what happened, so that the same news told twice is one delivery. */
  readonly id: string;
  /** E.g. `meal.stolen`. */
  readonly type: string;
  /** The purchase it is about, a `documentId`; null where it is about none. */
  readonly transactionId: string | null;
  /** What is told, as JSON. Of a person nothing but the front end's customer id. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** The job that tells it; sent in the transaction in which it happened. */
export function newsJob({ id, ...news }: News): Job {
  return { queue: queues.webhook, data: { deliveryId: id, ...news }, singletonKey: id };
}
