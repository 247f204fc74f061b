import { adminRoute } from '../../../../../shared/admin';

/** What operators may do to purchases from the panel. */
export const SETTLE_REVIEW = 'plugin::purchases.review.settle';

/** Who may see purchases may know who had a hand in them. */
const SEE_PURCHASES = {
  action: 'plugin::content-manager.explorer.read',
  subject: 'api::transaction.transaction',
};

/** The permissions as Strapi's administration shows them. */
export const PERMISSIONS = [
  { uid: SETTLE_REVIEW, displayName: 'Decide what was taken in a purchase under review' },
] as const;

/** Below `/purchases`. */
export const adminRoutes = {
  type: 'admin',
  routes: [
    adminRoute('POST', '/transactions/:id/settle', 'reviews.settle', SETTLE_REVIEW),
    adminRoute('GET', '/actors/:actor', 'actors.find', SEE_PURCHASES),
  ],
};
