/** Purchases as the front end reads them. There is no stock route: nothing can be written, and nothing populated, here. */
export default {
  routes: [
    { method: 'GET', path: '/transactions/search', handler: 'api::transaction.transaction.search' },
    { method: 'GET', path: '/transactions/:id', handler: 'api::transaction.transaction.findOne' },
    { method: 'GET', path: '/transactions/:id/events', handler: 'api::transaction.transaction.events' },
    { method: 'GET', path: '/transactions/:id/stream', handler: 'api::transaction.transaction.stream' },
  ],
};
