import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { administrator, type AdminContext } from '../../../../../shared/admin';
import { parse, refuseFields, storableText } from '../../../../../shared/http';
import { unreachable } from '../../../../../shared/outcomes';
import { runtime } from '../../../../../shared/runtime';
import { noteMoney } from '../../../../purchases/server/src/services';
import { decideDebt } from '../debts/decide';
import { decidePayment } from '../review/decide';
import { billingOf } from '../services/room';
import { refuseOperator } from './refusals';

const about = z.object({ id: storableText(120), reason: storableText(500) });
const onDebt = about.extend({ decision: z.enum(['settle', 'forgive'], 'must be settle or forgive') });
const onPayment = about.extend({
  decision: z.enum(['charge', 'debt', 'forgive'], 'must be charge, debt or forgive'),
});

/** What a person decides about debts and payments, once. */
export const decisions = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `POST /billing/debts/:id/decide` */
  async debt(ctx: AdminContext) {
    const given = parse(onDebt, { ...Object(ctx.request.body), ...Object(ctx.params) });
    if (!given.ok) return refuseFields(ctx, given.faults);
    const { id, decision, reason } = given.value;
    const { database } = runtime(strapi);
    const order = { debtId: id, decision, reason, decidedBy: administrator(ctx) };
    const outcome = await decideDebt(order, { database, noteMoney });
    switch (outcome.kind) {
      case 'decided':
        ctx.status = 200;
        ctx.body = { id, state: outcome.state };
        return;
      case 'debt_not_found':
        return refuseOperator(ctx, 404, 'debt_not_found', 'There is no such debt.');
      case 'debt_not_open': {
        const { state } = outcome;
        return refuseOperator(ctx, 409, 'debt_not_open', `This debt is ${state}.`, { state });
      }
      default:
        return unreachable(outcome);
    }
  },

  /** `POST /billing/payments/:id/decide` */
  async payment(ctx: AdminContext) {
    const given = parse(onPayment, { ...Object(ctx.request.body), ...Object(ctx.params) });
    if (!given.ok) return refuseFields(ctx, given.faults);
    const { id, decision, reason } = given.value;
    const room = billingOf(strapi);
    if (!room) return refuseOperator(ctx, 409, 'payments_recorded', 'Payments are only recorded here.');
    const order = { paymentId: id, decision, reason, decidedBy: administrator(ctx) };
    const outcome = await decidePayment(order, room.parts);
    switch (outcome.kind) {
      case 'decided':
        ctx.status = 200;
        ctx.body = { id, state: outcome.state };
        return;
      case 'payment_not_found':
        return refuseOperator(ctx, 404, 'payment_not_found', 'There is no such payment.');
      case 'not_in_review': {
        const { state } = outcome;
        return refuseOperator(ctx, 409, 'payment_not_in_review', `This payment is ${state}.`, { state });
      }
      case 'purchase_undecided':
        return refuseOperator(ctx, 409, 'purchase_undecided', 'Decide first what was taken.');
      case 'nothing_due':
        return refuseOperator(ctx, 409, 'nothing_due', 'Nothing was taken, so nothing is due.');
      case 'already_charged':
        return refuseOperator(ctx, 409, 'already_charged', 'Stripe has charged it already: keep it, or forgive it.');
      case 'stripe_unavailable':
        return refuseOperator(ctx, 503, 'stripe_unavailable', 'Stripe does not answer. Please try again in a moment.');
      default:
        return unreachable(outcome);
    }
  },
});
