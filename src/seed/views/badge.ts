import type { View } from './view';

export const badge: View = {
  uid: 'api::badge.badge',
  mainField: 'uid',
  sort: ['uid', 'ASC'],
  columns: ['uid', 'user', 'active'],
  rows: [{ uid: 6, user: 6 }, { active: 6 }],
  fields: {
    uid: { label: 'Badge number', description: 'What the reader at the fridge reads.' },
    user: { label: 'Customer', by: 'email', description: 'Whose doors it opens.' },
    active: { label: 'Active' },
  },
};
