/** What the front end is told of, so that it tells the person: Larder has no way to reach anybody. */
import type { Job } from '../../../../../shared/jobs';

export interface News {
  /** Made of what happened: told twice, it is one. */
  readonly id: string;
  readonly type: 'meal.stolen' | 'lot.recalled' | 'subscription.renewed' | 'referral.credited';
  readonly transactionId: string | null;
  /** Of a person nothing but the front end's customer id. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** The jobs that tell it; none where nobody wants to hear it. Sent in the transaction in which it happened. */
export type Tell = (news: News) => readonly Job[];
