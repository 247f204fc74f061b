import { adminRoute } from '../../../../../shared/admin';

/** What operators may do about lots from the panel. */
export const LOT_DECIDE = 'plugin::meals.lot.decide';

/** The permissions as Strapi's administration shows them. */
export const PERMISSIONS = [{ uid: LOT_DECIDE, displayName: 'Stop, release and recall a lot' }] as const;

/** Below `/meals`. */
export const adminRoutes = {
  type: 'admin',
  routes: ['stop', 'release', 'recall'].map((decision) =>
    adminRoute('POST', `/lots/:id/${decision}`, `lotDesk.${decision}`, LOT_DECIDE),
  ),
};
