import type { View } from './view';

export const debt: View = {
  uid: 'api::debt.debt',
  mainField: 'key',
  sort: ['createdAt', 'DESC'],
  sortable: ['createdAt'],
  searchedBy: {},
  columns: ['createdAt', 'state', 'amount', 'cause', 'user', 'transaction'],
  rows: [
    { state: 4, amount: 4, cause: 4 },
    { user: 6, transaction: 6 },
    { reason: 8, decidedBy: 4 },
    { payment: 8, endedAt: 4 },
  ],
  isHistory: true,
  fields: {
    key: { label: 'Key' },
    state: { label: 'State', description: 'While it is open, no door opens for this customer.' },
    cause: { label: 'Cause' },
    transaction: { label: 'Transaction', by: 'ref' },
    user: { label: 'Customer', by: 'email' },
    payment: { label: 'Payment', by: 'key' },
    amount: { label: 'Amount' },
    currency: { label: 'Currency' },
    reason: { label: 'Reason' },
    decidedBy: { label: 'Decided by' },
    endedAt: { label: 'Ended at' },
  },
};
