import { adminApi } from '@strapi/strapi/admin';

const actors = adminApi.injectEndpoints({
  endpoints: (builder) => ({
    /** Null where nobody is called so any more. */
    actor: builder.query<{ readonly name: string | null }, string>({
      query: (actor) => ({ url: `/purchases/actors/${encodeURIComponent(actor)}`, method: 'GET' }),
    }),
  }),
});

export const { useActorQuery } = actors;
