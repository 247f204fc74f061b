import type { Core } from '@strapi/strapi';
import { refuse, visibleUserId } from '../../../../../shared/http';
import { pageLink } from '../pages/links';
import { findReceiptOwner } from '../store/receipt-owner';
import { answer } from './answers';
import { throughChain, type ChainContext } from './chain';
import { parseId } from './requests';

export const receipts = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `GET /billing/receipts/:id`: the link to the receipt of a purchase (its id or ref) or of a checkout. */
  findOne: (ctx: ChainContext) =>
    throughChain(
      strapi,
      ctx,
      () => parseId(ctx.params),
      async ({ request, caller, billing }) => {
        const of = await findReceiptOwner(billing.parts.database, request.id);
        const owner = visibleUserId(caller);
        if (!of || (owner !== null && of.userId !== owner)) {
          return refuse(ctx, 404, 'receipt_not_found', 'There is nothing to give a receipt for.');
        }
        if (!of.isReady) return refuse(ctx, 409, 'receipt_not_ready', 'There is a receipt once it is over and paid.');
        answer(ctx, { url: pageLink(of.kind, of.documentId, billing.front) });
      },
    ),
});
