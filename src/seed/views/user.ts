import type { View } from './view';

export const user: View = {
  uid: 'plugin::users-permissions.user',
  mainField: 'email',
  sort: ['createdAt', 'DESC'],
  columns: ['email', 'customerId', 'username', 'blocked', 'createdAt'],
  rows: [
    { email: 6, customerId: 6 },
    { username: 6, stripeCustomerId: 6 },
    { confirmed: 6, blocked: 6 },
    { latitude: 6, longitude: 6 },
    { segments: 12 },
    { password: 6, role: 6 },
  ],
  fields: {
    username: { label: 'User name' },
    email: { label: 'E-mail' },
    provider: { label: 'Signs in with', isFact: true },
    password: { label: 'Password', description: 'Empty for customers who have not registered: they cannot log in.' },
    resetPasswordToken: { label: 'Reset token', isFact: true },
    confirmationToken: { label: 'Confirmation token', isFact: true },
    confirmed: { label: 'Confirmed' },
    blocked: { label: 'Blocked' },
    role: { label: 'Role', by: 'name' },
    customerId: { label: 'Customer id', description: 'Who this is in the front end.' },
    stripeCustomerId: { label: 'Customer at Stripe' },
    latitude: { label: 'Latitude' },
    longitude: { label: 'Longitude' },
    segments: { label: 'Segments' },
    transactions: { label: 'Transactions', by: 'ref', isFact: true },
  },
};
