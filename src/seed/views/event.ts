import type { View } from './view';

export const event: View = {
  uid: 'api::event.event',
  mainField: 'name',
  sort: ['receivedAt', 'DESC'],
  sortable: ['receivedAt'],
  searchedBy: {},
  columns: ['receivedAt', 'name', 'kind', 'outcome', 'machine', 'transaction', 'user'],
  rows: [
    { receivedAt: 6, kind: 6 },
    { name: 6, outcome: 6 },
    { message: 12 },
    { transaction: 4, machine: 4, user: 4 },
    { data: 12 },
  ],
  isHistory: true,
  fields: {
    transaction: { label: 'Transaction', by: 'ref' },
    machine: { label: 'Machine', by: 'label' },
    user: { label: 'Customer', by: 'email' },
    name: { label: 'Event' },
    kind: { label: 'Kind', description: 'Orphan: it belongs to no transaction we know.' },
    outcome: { label: 'Outcome' },
    message: { label: 'Message' },
    data: { label: 'Data', description: 'What went over the wire, without the token.' },
    receivedAt: { label: 'Received at' },
  },
};
