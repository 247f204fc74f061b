import { bookRoutes } from './books';
import { checkoutRoutes } from './checkout-sessions';
import { customerRoutes } from './customers';
import { eventRoutes } from './events';
import { invoiceRoutes } from './invoices';
import { paymentIntentRoutes } from './payment-intents';
import { paymentMethodRoutes } from './payment-methods';
import { refundRoutes } from './refunds';
import type { Route } from './route';

export const routes: readonly Route[] = [
  ...customerRoutes,
  ...paymentMethodRoutes,
  ...paymentIntentRoutes,
  ...bookRoutes,
  ...refundRoutes,
  ...checkoutRoutes,
  ...invoiceRoutes,
  ...eventRoutes,
];
