import type { View } from './view';

export const stripeEvent: View = {
  uid: 'api::stripe-event.stripe-event',
  mainField: 'type',
  sort: ['receivedAt', 'DESC'],
  sortable: ['receivedAt'],
  searchedBy: { stripeEventId: 'whole', objectId: 'whole' },
  columns: ['receivedAt', 'type', 'state', 'objectId', 'source', 'processedAt'],
  rows: [
    { type: 6, state: 3, source: 3 },
    { objectId: 6, stripeEventId: 6 },
    { error: 12 },
    { stripeCreatedAt: 4, receivedAt: 4, processedAt: 4 },
    { apiVersion: 6, livemode: 6 },
    { payload: 12 },
  ],
  isHistory: true,
  fields: {
    stripeEventId: { label: 'Event at Stripe' },
    type: { label: 'Type' },
    objectId: { label: 'About' },
    state: { label: 'State' },
    source: { label: 'Came by', description: 'A sweep fetches what no webhook brought.' },
    livemode: { label: 'Real money' },
    apiVersion: { label: 'Version of the API' },
    payload: { label: 'As it came' },
    error: { label: 'Error' },
    stripeCreatedAt: { label: 'Happened at' },
    receivedAt: { label: 'Received at' },
    processedAt: { label: 'Acted on at' },
  },
};
