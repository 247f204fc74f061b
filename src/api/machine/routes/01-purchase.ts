/** What the front end does at a fridge. Beside the stock `find` and `findOne` of `machine.ts`. */
export default {
  routes: [
    { method: 'GET', path: '/machines/:id/status', handler: 'api::machine.machine.status' },
    { method: 'POST', path: '/machines/:id/open', handler: 'api::machine.machine.open' },
  ],
};
