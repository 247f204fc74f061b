import { adminRoute } from '../../../../../shared/admin';

/** What operators may do about lots from the panel. */
export const LOT_DECIDE = 'plugin::meals.lot.decide';

/** The permissions as Strapi's administration shows them. */
export const PERMISSIONS = [{ uid: LOT_DECIDE, displayName: 'Stop, release and recall a lot' }] as const;

/** Below `/meals`. */
export const adminRoutes = {
  type: 'admin',
  routes: [
    adminRoute('GET', '/lots/:id', 'lotDesk.look', LOT_DECIDE),
    adminRoute('POST', '/lots/:id/stop', 'lotDesk.stop', LOT_DECIDE),
    adminRoute('POST', '/lots/:id/release', 'lotDesk.release', LOT_DECIDE),
    adminRoute('POST', '/lots/:id/recall', 'lotDesk.recall', LOT_DECIDE),
  ],
};
