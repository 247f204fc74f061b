import type { View } from './view';

export const restock: View = {
  uid: 'api::restock.restock',
  mainField: 'key',
  sort: ['createdAt', 'DESC'],
  sortable: ['createdAt', 'openedAt'],
  searchedBy: {},
  columns: ['openedAt', 'machine', 'state', 'inCount', 'outCount', 'wasteCount', 'differenceCount'],
  rows: [
    { machine: 4, state: 4, startedBy: 4 },
    { inCount: 3, outCount: 3, wasteCount: 3, differenceCount: 3 },
    { openedAt: 6, closedAt: 6 },
    { note: 12 },
  ],
  isHistory: true,
  fields: {
    key: { label: 'Key' },
    machine: { label: 'Machine', by: 'label' },
    state: { label: 'State' },
    startedBy: { label: 'Started by' },
    openedAt: { label: 'Opened at' },
    closedAt: { label: 'Closed at' },
    inCount: { label: 'Put in' },
    outCount: { label: 'Taken out' },
    wasteCount: { label: 'Thrown away' },
    differenceCount: { label: 'Difference found', description: 'What was counted, less what the books said.' },
    note: { label: 'Note' },
  },
};
