import { adminApi } from '@strapi/strapi/admin';

const TRANSACTION = 'api::transaction.transaction';

export interface Settlement {
  /** The transaction's documentId. */
  readonly transaction: string;
  /** Empty where nothing was taken. */
  readonly products: readonly { readonly sku: string; readonly quantity: number }[];
  readonly reason: string;
}

const reviews = adminApi.enhanceEndpoints({ addTagTypes: ['Document', 'Relations'] }).injectEndpoints({
  endpoints: (builder) => ({
    settleReview: builder.mutation<{ readonly id: string; readonly state: string }, Settlement>({
      query: ({ transaction, ...data }) => ({
        url: `/purchases/transactions/${encodeURIComponent(transaction)}/settle`,
        method: 'POST',
        data,
      }),
      // The tags under which the Content Manager keeps what it has read: it reads the page and the list again. After a
      // refusal too, for somebody else may have decided meanwhile.
      invalidatesTags: (_answer, _refusal, { transaction }) => [
        { type: 'Document', id: `${TRANSACTION}_${transaction}` },
        { type: 'Document', id: `${TRANSACTION}_LIST` },
        'Relations',
      ],
    }),
  }),
});

/** Sends a person's decision to the server. */
export const { useSettleReviewMutation } = reviews;
