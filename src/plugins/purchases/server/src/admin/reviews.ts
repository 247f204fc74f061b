import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import type { AdminContext } from '../../../../../shared/admin';
import { parse, refuseFields, storableText } from '../../../../../shared/http';
import { unreachable } from '../../../../../shared/outcomes';
import { getService } from '../services';
import { refuseOperator } from './refusals';

const decision = z.object({
  id: storableText(120),
  products: z
    .array(z.object({ sku: storableText(120), quantity: z.number().int().min(1).max(100) }))
    .max(100, 'must name at most 100 products'),
  reason: storableText(500),
});

/** `POST /purchases/transactions/:id/settle`: a person decides what was taken. */
export const reviews = ({ strapi }: { strapi: Core.Strapi }) => ({
  async settle(ctx: AdminContext) {
    const given = parse(decision, { ...Object(ctx.request.body), ...Object(ctx.params) });
    if (!given.ok) return refuseFields(ctx, given.faults);
    const { id, products, reason } = given.value;
    const outcome = await getService(strapi, 'purchases').settleReview({
      transactionId: id,
      products,
      reason,
      decidedBy: ctx.state.user?.id ?? 0,
    });
    switch (outcome.kind) {
      case 'settled':
        ctx.status = 200;
        ctx.body = { id, state: outcome.purchase.state };
        return;
      case 'not_found':
        return refuseOperator(ctx, 404, 'transaction_not_found', 'There is no such transaction.');
      case 'not_in_review': {
        const { state } = outcome;
        const message = `This purchase is ${state}: there is nothing to decide.`;
        return refuseOperator(ctx, 409, 'not_in_review', message, { state });
      }
      case 'unknown_products': {
        const { skus } = outcome;
        const errors = skus.map((sku) => ({ field: 'products', message: `${sku} is unknown` }));
        const message = `Not in the catalogue when the door opened: ${skus.join(', ')}.`;
        return refuseOperator(ctx, 400, 'unknown_products', message, { skus, errors });
      }
      case 'too_much':
        return refuseOperator(ctx, 400, 'total_too_large', 'The total is beyond any real basket.');
      default:
        return unreachable(outcome);
    }
  },
});
