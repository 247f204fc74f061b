import { adminRoute } from '../../../../../shared/admin';

/** What operators may do about money from the panel. */
export const REFUND_CREATE = 'plugin::billing.refund.create';
export const DEBT_DECIDE = 'plugin::billing.debt.decide';
export const PAYMENT_DECIDE = 'plugin::billing.payment.decide';

/** The permissions as Strapi's administration shows them. */
export const PERMISSIONS = [
  { uid: REFUND_CREATE, displayName: 'Refund a purchase' },
  { uid: DEBT_DECIDE, displayName: 'Settle or forgive a debt' },
  { uid: PAYMENT_DECIDE, displayName: 'Decide about a payment under review' },
] as const;

/** Below `/billing`. */
export const adminRoutes = {
  type: 'admin',
  routes: [
    adminRoute('GET', '/transactions/:id/refundable', 'refundDesk.look', REFUND_CREATE),
    adminRoute('POST', '/transactions/:id/refunds', 'refundDesk.create', REFUND_CREATE),
    adminRoute('POST', '/debts/:id/decide', 'decisions.debt', DEBT_DECIDE),
    adminRoute('POST', '/payments/:id/decide', 'decisions.payment', PAYMENT_DECIDE),
  ],
};
