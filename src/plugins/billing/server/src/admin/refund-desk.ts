import type { Core } from '@strapi/strapi';
import { administrator, type AdminContext } from '../../../../../shared/admin';
import { refuseFields } from '../../../../../shared/http';
import { runtime } from '../../../../../shared/runtime';
import { answerRefund } from '../http/refund-answers';
import { parseRefund, parseTransaction } from '../http/refund-requests';
import { lookAtRefunds } from '../refunds/look';
import { requestRefund } from '../refunds/request';
import { billingOf } from '../services/room';
import { refuseOperator } from './refusals';

/** Refunds from the panel. */
export const refundDesk = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `GET /billing/transactions/:id/refundable`: what can still be given back. */
  async look(ctx: AdminContext) {
    const key = parseTransaction(ctx.params);
    const look = key.ok ? await lookAtRefunds(runtime(strapi).database, key.value.id) : null;
    if (!look) return refuseOperator(ctx, 404, 'transaction_not_found', 'There is no such transaction.');
    ctx.status = 200;
    ctx.body = { refundable: look.refundable, currency: look.currency, lines: look.lines };
  },

  /** `POST /billing/transactions/:id/refunds` */
  async create(ctx: AdminContext) {
    const order = parseRefund(ctx.params, ctx.request.body, ctx.get('idempotency-key'), administrator(ctx));
    if (!order.ok) return refuseFields(ctx, order.faults);
    const room = billingOf(strapi);
    if (!room) return refuseOperator(ctx, 409, 'payments_recorded', 'Payments are only recorded here.');
    answerRefund(ctx, await requestRefund(order.value, room.parts));
  },
});
