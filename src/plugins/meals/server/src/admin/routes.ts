/** What operators may do about lots from the panel. */
export const LOT_DECIDE = 'plugin::meals.lot.decide';

/** The permissions as Strapi's administration shows them. */
export const ACTIONS = [
  { section: 'plugins', displayName: 'Stop, release and recall a lot', uid: 'lot.decide', pluginName: 'meals' },
];

const route = (decision: string) => ({
  method: 'POST',
  path: `/lots/:id/${decision}`,
  handler: `lotDesk.${decision}`,
  config: {
    policies: ['admin::isAuthenticatedAdmin', { name: 'admin::hasPermissions', config: { actions: [LOT_DECIDE] } }],
  },
});

/** Below `/meals`. */
export const adminRoutes = { type: 'admin', routes: ['stop', 'release', 'recall'].map(route) };
