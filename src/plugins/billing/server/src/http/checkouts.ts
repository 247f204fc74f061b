import type { Core } from '@strapi/strapi';
import { refuse, visibleUserId } from '../../../../../shared/http';
import { refreshCheckout } from '../checkout/refresh';
import { startCheckout } from '../checkout/start';
import { viewOf } from '../checkout/view';
import { webOf } from '../services/web';
import { findCheckout } from '../store/checkouts';
import { answer, answerCheckout } from './answers';
import { throughChain, type ChainContext } from './chain';
import { parseCheckout, parseId } from './requests';

export const checkouts = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `POST /billing/checkout` */
  start: (ctx: ChainContext) =>
    throughChain(
      strapi,
      ctx,
      (caller) => {
        const front = webOf(strapi)?.front ?? null;
        return parseCheckout(ctx.request.body, ctx.get('idempotency-key'), caller, front);
      },
      async ({ request, person, billing }) => {
        if (person) answerCheckout(ctx, await startCheckout(request.order, person, billing));
      },
    ),

  /** `GET /billing/checkout/:id`: as it is at Stripe now, for the confirmation page. */
  findOne: (ctx: ChainContext) =>
    throughChain(
      strapi,
      ctx,
      () => parseId(ctx.params),
      async ({ request, caller, billing }) => {
        const owner = visibleUserId(caller);
        const checkout = await findCheckout(billing.parts.database, request.id);
        // Somebody else's is not there either: nothing can be guessed.
        if (!checkout || (owner !== null && checkout.user.id !== owner)) {
          return refuse(ctx, 404, 'checkout_not_found', 'There is no such checkout.');
        }
        const { checkout: current, session } = await refreshCheckout(checkout, billing.parts);
        answer(ctx, viewOf(current, session, billing.front));
      },
    ),
});
