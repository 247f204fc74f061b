import { adminApi } from '@strapi/strapi/admin';

interface Entry {
  readonly uid: string;
  /** Its documentId. */
  readonly id: string;
}

const entries = adminApi.enhanceEndpoints({ addTagTypes: ['Document', 'Relations'] }).injectEndpoints({
  endpoints: (builder) => ({
    /** Asks the server for nothing: it only says that what the Content Manager has read of an entry is old. */
    reread: builder.mutation<null, Entry>({
      queryFn: () => ({ data: null }),
      invalidatesTags: (_answer, _refusal, { uid, id }) => [
        { type: 'Document', id: `${uid}_${id}` },
        { type: 'Document', id: `${uid}_LIST` },
        'Relations',
      ],
    }),
  }),
});

export const { useRereadMutation } = entries;
