import type { View } from './view';

export const subscription: View = {
  uid: 'api::subscription.subscription',
  mainField: 'key',
  sort: ['createdAt', 'DESC'],
  sortable: ['createdAt'],
  searchedBy: {},
  columns: ['createdAt', 'user', 'plan', 'state', 'chargeState', 'quotaUsed', 'periodEnd'],
  rows: [
    { user: 6, plan: 6 },
    { state: 4, quotaUsed: 4, pausedAt: 4 },
    { validFrom: 6, validTo: 6 },
    { periodStart: 6, periodEnd: 6 },
    { expert: 6, referralCode: 6 },
    { chargeState: 4, chargeKey: 8 },
  ],
  isHistory: true,
  fields: {
    key: { label: 'Key' },
    chargeState: {
      label: 'This period’s charge',
      description: 'Where Larder charges it. While it is past due, nothing is collected.',
    },
    chargeKey: { label: 'Charge of this period', description: 'The key of its payments; each try has one.' },
    requestHash: { label: 'Request hash', isFact: true },
    user: { label: 'Customer', by: 'email' },
    plan: { label: 'Plan', by: 'name' },
    state: { label: 'State' },
    quotaUsed: { label: 'Meals used in this period' },
    validFrom: { label: 'Valid from' },
    validTo: { label: 'Valid to' },
    periodStart: { label: 'Period begins' },
    periodEnd: { label: 'Period ends' },
    pausedAt: { label: 'Paused at' },
    expert: { label: 'Expert', by: 'name' },
    referralCode: { label: 'Referral code' },
  },
};
