/** What the front end is told of, so that it tells the person: Larder has no way to reach anybody. */
import type { Job } from '../../../../../shared/jobs';
import type { News as AnyNews } from '../../../../alerts/server/src/core/webhooks/news';

export interface News extends AnyNews {
  readonly type: 'meal.stolen' | 'lot.recalled' | 'subscription.renewed' | 'referral.credited';
}

/** The jobs that tell it; none where nobody wants to hear it. Sent in the transaction in which it happened. */
export type Tell = (news: News) => readonly Job[];
