import { adminApi } from '@strapi/strapi/admin';

/** What is decided about: an open debt, or a payment under review. */
export type Subject = 'debt' | 'payment';

export interface MoneyDecision {
  readonly subject: Subject;
  /** Its documentId. */
  readonly id: string;
  readonly decision: string;
  readonly reason: string;
}

const decisions = adminApi.enhanceEndpoints({ addTagTypes: ['Document', 'Relations'] }).injectEndpoints({
  endpoints: (builder) => ({
    decideMoney: builder.mutation<{ readonly id: string; readonly state: string }, MoneyDecision>({
      query: ({ subject, id, ...data }) => ({
        url: `/billing/${subject}s/${encodeURIComponent(id)}/decide`,
        method: 'POST',
        data,
      }),
      // The tags under which the Content Manager keeps what it has read: it reads the page and the list again. After a
      // refusal too, for somebody else may have decided meanwhile.
      invalidatesTags: (_answer, _refusal, { subject, id }) => [
        { type: 'Document', id: `api::${subject}.${subject}_${id}` },
        { type: 'Document', id: `api::${subject}.${subject}_LIST` },
        'Relations',
      ],
    }),
  }),
});

export const { useDecideMoneyMutation } = decisions;
