import type { View } from './view';

export const referralCode: View = {
  uid: 'api::referral-code.referral-code',
  mainField: 'code',
  sort: ['code', 'ASC'],
  columns: ['code', 'user', 'rewardAmount', 'active'],
  rows: [
    { code: 6, user: 6 },
    { rewardAmount: 4, currency: 4, active: 4 },
  ],
  fields: {
    code: { label: 'Referral code' },
    user: { label: 'Customer', by: 'email', description: 'Who brings others with it.' },
    rewardAmount: { label: 'Reward', description: 'For each customer who is brought.' },
    currency: { label: 'Currency' },
    active: { label: 'Active' },
  },
};
