import type { View } from './view';

export const referral: View = {
  uid: 'api::referral.referral',
  mainField: 'code',
  sort: ['createdAt', 'DESC'],
  sortable: ['createdAt'],
  searchedBy: { code: 'whole' },
  columns: ['createdAt', 'code', 'referrer', 'referred', 'rewardAmount'],
  rows: [
    { code: 6, rewardAmount: 6 },
    { referrer: 6, referred: 6 },
    { transaction: 6, creditedAt: 6 },
  ],
  isHistory: true,
  fields: {
    key: { label: 'Key' },
    code: { label: 'Referral code' },
    referrer: { label: 'Brought by', by: 'email' },
    referred: { label: 'Customer', by: 'email' },
    transaction: { label: 'Transaction', by: 'ref' },
    rewardAmount: { label: 'Reward' },
    currency: { label: 'Currency' },
    creditedAt: { label: 'Credited at' },
  },
};
