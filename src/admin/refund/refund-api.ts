import { adminApi } from '@strapi/strapi/admin';
import type { Refundable, RefundBody } from './refund-choice';

const TRANSACTION = 'api::transaction.transaction';

export interface RefundRequest {
  /** The transaction's documentId. */
  readonly transaction: string;
  readonly body: RefundBody & { readonly reason: string };
  /** The same for each try of one dialog: sent twice, it is one refund. */
  readonly key: string;
}

const address = (transaction: string) => `/billing/transactions/${encodeURIComponent(transaction)}`;

const refunds = adminApi.enhanceEndpoints({ addTagTypes: ['Document', 'Relations'] }).injectEndpoints({
  endpoints: (builder) => ({
    refundable: builder.query<Refundable, string>({
      query: (transaction) => ({ url: `${address(transaction)}/refundable`, method: 'GET' }),
      // Others refund too, and so does Stripe's dashboard.
      keepUnusedDataFor: 0,
    }),
    refund: builder.mutation<{ readonly id: string }, RefundRequest>({
      query: ({ transaction, body, key }) => ({
        url: `${address(transaction)}/refunds`,
        method: 'POST',
        data: body,
        config: { headers: { 'Idempotency-Key': key } },
      }),
      // The tags under which the Content Manager keeps what it has read: it reads the page and the list again.
      invalidatesTags: (_answer, _refusal, { transaction }) => [
        { type: 'Document', id: `${TRANSACTION}_${transaction}` },
        { type: 'Document', id: `${TRANSACTION}_LIST` },
        'Relations',
      ],
    }),
  }),
});

export const { useRefundableQuery, useRefundMutation } = refunds;
