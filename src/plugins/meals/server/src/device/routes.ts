/** Without the plugin's name before it: what a device saw belongs to its machine. */
export const deviceRoutes = () => ({
  type: 'content-api',
  prefix: '',
  routes: [
    // A device has a key of its own kind, which the handler checks.
    { method: 'POST', path: '/machines/:id/meal-events', handler: 'device.events', config: { auth: false } },
    { method: 'GET', path: '/machines/:id/meals', handler: 'device.meals', config: { auth: false } },
  ],
});
