import type { View } from './view';

export const ledgerEntry: View = {
  uid: 'api::ledger-entry.ledger-entry',
  mainField: 'posting',
  sort: ['postedAt', 'DESC'],
  sortable: ['postedAt'],
  searchedBy: { transactionId: 'whole', paymentId: 'whole', posting: 'whole' },
  columns: ['postedAt', 'account', 'amount', 'posting', 'transactionId', 'customerId'],
  rows: [
    { account: 6, amount: 6 },
    { posting: 8, postedAt: 4 },
    { memo: 12 },
    { transactionId: 4, paymentId: 4, customerId: 4 },
  ],
  isHistory: true,
  fields: {
    posting: { label: 'Posting', description: 'Its entries sum to nothing.' },
    account: { label: 'Account' },
    amount: { label: 'Amount' },
    currency: { label: 'Currency' },
    memo: { label: 'Note' },
    transactionId: { label: 'Transaction id' },
    paymentId: { label: 'Payment id' },
    customerId: { label: 'Customer id' },
    postedAt: { label: 'Posted at' },
  },
};
