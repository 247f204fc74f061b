import type { News } from '../core/news';
import type { CreditedReferral } from './credit';

/** For whoever brought somebody: their reward, which the front end pays out. */
export function creditedNews(referral: CreditedReferral, transactionId: string): News {
  const { id, code, rewardAmount, currency, referrerCustomerId, referredCustomerId } = referral;
  return {
    id: `${id}-credited`,
    type: 'referral.credited',
    transactionId,
    data: {
      customerId: referrerCustomerId,
      referralId: id,
      code,
      rewardAmount,
      currency,
      referredCustomerId,
      transactionId,
    },
  };
}
