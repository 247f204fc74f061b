import type { PaymentProvider } from '../ports';

const authorizeAtOnce: NonNullable<PaymentProvider['authorizeAtOnce']> = ({ amount, paymentIntentId }) => ({
  kind: 'authorized',
  amount,
  paymentIntentId,
  paymentState: 'recorded',
  captureBefore: null,
});

/**
 * `PAYMENTS=record`: the front end has secured the money itself and says so; its word is written down. The total of each
 * purchase is then in the transaction and in the outgoing webhook, for whoever captures it.
 */
export const recordPayments: PaymentProvider = {
  authorize: async (request) => authorizeAtOnce(request),
  authorizeAtOnce,
  settle: () => [],
};
