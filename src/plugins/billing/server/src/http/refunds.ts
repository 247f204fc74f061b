import type { Core } from '@strapi/strapi';
import { callerOf, refuse, refuseFields } from '../../../../../shared/http';
import { runtime } from '../../../../../shared/runtime';
import { lookAtRefunds } from '../refunds/look';
import { requestRefund } from '../refunds/request';
import { refundView } from '../refunds/view';
import { billingOf } from '../services/room';
import { answerRefund } from './refund-answers';
import { parseRefund, parseTransaction } from './refund-requests';

interface Context {
  params: unknown;
  request: { body?: unknown };
  state: Parameters<typeof callerOf>[0];
  status: number;
  body: unknown;
  get(header: string): string;
}

/** Refunds by REST: for an API token with the scope, never for a customer. */
export const refunds = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `POST /transactions/:id/refunds` */
  async create(ctx: Context) {
    const caller = callerOf(ctx.state);
    if (caller.kind !== 'front_end') return refuse(ctx, 403, 'forbidden', 'Only an API token may refund.');
    const order = parseRefund(ctx.params, ctx.request.body, ctx.get('idempotency-key'), caller.name);
    if (!order.ok) return refuseFields(ctx, order.faults);
    const room = billingOf(strapi);
    if (!room) return refuse(ctx, 404, 'billing_off', 'This Larder does not take payments itself.');
    answerRefund(ctx, await requestRefund(order.value, room.parts));
  },

  /** `GET /transactions/:id/refunds` */
  async find(ctx: Context) {
    if (callerOf(ctx.state).kind !== 'front_end') return refuse(ctx, 403, 'forbidden', 'Only an API token may ask.');
    const key = parseTransaction(ctx.params);
    const look = key.ok ? await lookAtRefunds(runtime(strapi).database, key.value.id) : null;
    if (!look) return refuse(ctx, 404, 'transaction_not_found', 'There is no such transaction.');
    ctx.status = 200;
    ctx.body = {
      data: look.refunds.map((refund) => refundView(refund, look.transactionId)),
      refundable: look.refundable,
      currency: look.currency,
    };
  },
});
