import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { callerOf, parse, refuse, refuseFields, storableText } from '../../../../../shared/http';
import { runtime } from '../../../../../shared/runtime';
import { listDebts } from '../debts/list';

const query = z.strictObject({
  customer: storableText(120).optional(),
  state: z.enum(['open', 'settled', 'forgiven'], 'must be open, settled or forgiven').optional(),
});

interface Context {
  query: unknown;
  state: Parameters<typeof callerOf>[0];
  status: number;
  body: unknown;
}

/** `GET /billing/debts`: a customer's own; a front end names whose with `?customer=`. */
export const debts = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const caller = callerOf(ctx.state);
    if (caller.kind === 'anybody') return refuse(ctx, 401, 'unauthorized', 'Please log in.');
    const given = parse(query, ctx.query);
    if (!given.ok) return refuseFields(ctx, given.faults);
    const { customer, state } = given.value;
    if (caller.kind === 'customer' && customer !== undefined && customer !== caller.customerId) {
      return refuse(ctx, 403, 'other_customer', 'You may see your own debts only.');
    }
    if (caller.kind === 'front_end' && customer === undefined) {
      return refuseFields(ctx, [{ field: 'customer', message: 'must say whose debts' }]);
    }
    const whose = caller.kind === 'customer' ? { userId: caller.userId } : { customerId: customer ?? '' };
    ctx.status = 200;
    ctx.body = { data: await listDebts(runtime(strapi).database, { whose, state: state ?? null }) };
  },
});
