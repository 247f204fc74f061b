import type { AdminPermission } from './permissions';

/** A route of the panel, below the plugin's name: for administrators whose role has the permission. */
export function adminRoute(method: string, path: string, handler: string, permission: AdminPermission['uid']) {
  return {
    method,
    path,
    handler,
    config: {
      policies: ['admin::isAuthenticatedAdmin', { name: 'admin::hasPermissions', config: { actions: [permission] } }],
    },
  };
}
