import type { AdminPermission } from './permissions';

/** A permission of Strapi's own that is given for one content type. */
interface ContentPermission {
  readonly action: string;
  /** E.g. `api::transaction.transaction`. */
  readonly subject: string;
}

/** A route of the panel, below the plugin's name: for administrators whose role has the permission. */
export function adminRoute(
  method: string,
  path: string,
  handler: string,
  permission: AdminPermission['uid'] | ContentPermission,
) {
  return {
    method,
    path,
    handler,
    config: {
      policies: ['admin::isAuthenticatedAdmin', { name: 'admin::hasPermissions', config: { actions: [permission] } }],
    },
  };
}
