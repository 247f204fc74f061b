/** Subscriptions by REST: a front end begins and changes them, a customer who is logged in reads their own. */
import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { getService as purchases } from '../../../../purchases/server/src/services';
import { callerOf, fingerprint, refuse, refuseFields, visibleUserId } from '../../../../../shared/http';
import { runtime } from '../../../../../shared/runtime';
import { operatorOf, type Context } from '../http/context';
import { parseId, parseOrder, parseSearch } from './requests';
import { beginSubscription, changeSubscription, type Change } from './subscriptions';
import { findSubscription, searchSubscriptions } from './view';

type JsonContext = Context & { type: string };

export const subscriptions = ({ strapi }: { strapi: Core.Strapi }) => {
  const sql = () => runtime(strapi).database;
  const send = async (ctx: JsonContext, id: string, status: number, userId: number | null = null) => {
    const json = await findSubscription(sql(), id, userId);
    if (json === undefined) return refuse(ctx, 404, 'subscription_not_found', 'There is no such subscription.');
    ctx.status = status;
    ctx.type = 'application/json';
    ctx.body = json;
  };
  const change = (wanted: Change) => async (ctx: JsonContext) => {
    if (operatorOf(ctx) === null) return;
    const path = parseId(ctx.params);
    if (!path.ok) return refuseFields(ctx, path.faults);
    const changed = await changeSubscription(sql(), path.value.id, wanted);
    if (changed?.kind === 'unfit') {
      return refuse(ctx, 409, 'subscription_unfit', `This subscription is ${changed.state}.`, { state: changed.state });
    }
    return send(ctx, path.value.id, 200);
  };
  return {
    /** `POST /subscriptions` */
    async begin(ctx: JsonContext) {
      const operator = operatorOf(ctx);
      if (operator === null) return;
      const request = parseOrder(ctx.request.body, ctx.get('idempotency-key'));
      if (!request.ok) return refuseFields(ctx, request.faults);
      const { order, key } = request.value;
      const found = await purchases(strapi, 'purchases').findOrMakeCustomer(order.user.id, order.user.email);
      if (found.kind === 'conflict') {
        const message = 'user.email belongs to a customer with another id.';
        return refuse(ctx, 409, 'customer_conflict', message, { field: 'user.email' });
      }
      const begun = await beginSubscription(sql(), {
        key: fingerprint([operator, key ?? randomUUID()]),
        requestHash: fingerprint(order),
        userId: found.id,
        plan: order.plan,
        validFrom: order.validFrom ?? null,
        validTo: order.validTo ?? null,
        referralCode: order.referralCode ?? null,
        expertId: order.expertId ?? null,
      });
      if (begun.kind === 'begun') return send(ctx, begun.id, 201);
      if (begun.kind === 'idempotency_conflict') {
        return refuse(ctx, 409, begun.kind, 'This Idempotency-Key was used for another request.');
      }
      const field = begun.kind === 'plan_not_found' ? 'plan' : 'expertId';
      refuse(ctx, 404, begun.kind, `${field}: there is no such one, or it is not active.`, { field });
    },

    /** `GET /subscriptions` */
    async find(ctx: JsonContext) {
      const search = parseSearch(ctx.query);
      if (!search.ok) return refuseFields(ctx, search.faults);
      const { user, state, page, pageSize } = search.value;
      const onlyUserId = visibleUserId(callerOf(ctx.state));
      const wanted = { customerId: user ?? null, state: state ?? null, page, pageSize, onlyUserId };
      ctx.type = 'application/json';
      ctx.body = await searchSubscriptions(sql(), wanted);
    },

    /** `GET /subscriptions/:id` */
    async findOne(ctx: JsonContext) {
      const path = parseId(ctx.params);
      if (!path.ok) return refuseFields(ctx, path.faults);
      return send(ctx, path.value.id, 200, visibleUserId(callerOf(ctx.state)));
    },

    pause: change('pause'),
    resume: change('resume'),
    end: change('end'),
  };
};
