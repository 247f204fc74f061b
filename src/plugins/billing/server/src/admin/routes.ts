/** What operators may do about money from the panel. */
export const REFUND_CREATE = 'plugin::billing.refund.create';
export const DEBT_DECIDE = 'plugin::billing.debt.decide';
export const PAYMENT_DECIDE = 'plugin::billing.payment.decide';

/** The permissions as Strapi's administration shows them. */
export const ACTIONS = [
  { uid: REFUND_CREATE, displayName: 'Refund a purchase' },
  { uid: DEBT_DECIDE, displayName: 'Settle or forgive a debt' },
  { uid: PAYMENT_DECIDE, displayName: 'Decide about a payment under review' },
].map(({ uid, displayName }) => ({
  section: 'plugins',
  displayName,
  uid: uid.slice('plugin::billing.'.length),
  pluginName: 'billing',
}));

const route = (method: string, path: string, handler: string, action: string) => ({
  method,
  path,
  handler,
  config: {
    policies: ['admin::isAuthenticatedAdmin', { name: 'admin::hasPermissions', config: { actions: [action] } }],
  },
});

export const adminRoutes = {
  type: 'admin',
  routes: [
    route('GET', '/transactions/:id/refundable', 'refundDesk.look', REFUND_CREATE),
    route('POST', '/transactions/:id/refunds', 'refundDesk.create', REFUND_CREATE),
    route('POST', '/debts/:id/decide', 'decisions.debt', DEBT_DECIDE),
    route('POST', '/payments/:id/decide', 'decisions.payment', PAYMENT_DECIDE),
  ],
};
