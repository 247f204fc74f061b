/** What operators may do to purchases from the panel. */
export const SETTLE_REVIEW = 'plugin::purchases.review.settle';

export const routes = {
  admin: {
    type: 'admin',
    routes: [
      {
        method: 'POST',
        path: '/transactions/:id/settle',
        handler: 'reviews.settle',
        config: {
          policies: [
            'admin::isAuthenticatedAdmin',
            { name: 'admin::hasPermissions', config: { actions: [SETTLE_REVIEW] } },
          ],
        },
      },
    ],
  },
};
