import type { Core } from '@strapi/strapi';
import { findPerson } from '../store/people';
import { answer, refuseUnavailable } from './answers';
import { throughChain, type ChainContext } from './chain';
import { parseCustomer } from './requests';

export const customers = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `POST /billing/customer`: the customer at Stripe, made there where they are not yet. */
  ensure: (ctx: ChainContext) =>
    throughChain(
      strapi,
      ctx,
      (caller) => parseCustomer(ctx.request.body, caller),
      async ({ person, billing }) => {
        if (!person) return;
        const ensured = await billing.ensureCustomer(person);
        if (ensured.kind !== 'customer') return refuseUnavailable(ctx);
        // A card may have been saved while Stripe was asked.
        const { documentId, customerId, card } = (await findPerson(billing.parts.database, person.id)) ?? person;
        answer(ctx, { id: documentId, customerId, stripeCustomerId: ensured.stripeCustomerId, card });
      },
    ),
});
