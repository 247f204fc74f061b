import type { View } from './view';

export const expert: View = {
  uid: 'api::expert.expert',
  mainField: 'name',
  sort: ['name', 'ASC'],
  columns: ['name', 'expertId', 'email', 'active'],
  rows: [
    { name: 6, expertId: 6 },
    { email: 6, active: 6 },
  ],
  fields: {
    expertId: { label: 'Expert id', description: 'What the app sends with an order.' },
    name: { label: 'Name' },
    email: { label: 'E-mail' },
    active: { label: 'Active' },
  },
};
