import { factories } from '@strapi/strapi';
import { getService } from '../../../plugins/purchases/server/src/services';
import { callerOf, refuse, refuseFields } from '../../../shared/http';
import { machineAdministration } from '../http/administration';
import { answerCheck, answerOpen } from '../http/answers';
import { parseOpen, parseStatus } from '../http/requests';

export default factories.createCoreController('api::machine.machine', ({ strapi }) => ({
  ...machineAdministration(strapi),

  /** `GET /machines/:id/status` */
  async status(ctx) {
    const request = parseStatus(ctx.params, ctx.query);
    if (!request.ok) return refuseFields(ctx, request.faults);
    const caller = callerOf(ctx.state);
    const named = caller.kind === 'front_end' ? (request.value.customerId ?? null) : null;
    const who = caller.kind === 'customer' ? { userId: caller.userId } : { customerId: named };
    answerCheck(ctx, await getService(strapi, 'purchases').checkMachine(request.value.id, who));
  },

  /** `POST /machines/:id/open` */
  async open(ctx) {
    const caller = callerOf(ctx.state);
    if (caller.kind === 'anybody') return refuse(ctx, 401, 'unauthorized', 'Please log in to open a door.');
    const payments = strapi.config.get<'record' | 'stripe'>('plugin::purchases.payments');
    const request = parseOpen(ctx.params, ctx.request.body, ctx.get('idempotency-key'), caller, payments);
    if (!request.ok) return refuseFields(ctx, request.faults);
    if (request.value === 'other_customer') {
      return refuse(ctx, 403, 'other_customer', 'You may open a door for yourself only.');
    }
    answerOpen(
      ctx,
      await getService(strapi, 'purchases').openDoor({
        ...request.value,
        isGivenUp: () => ctx.state.isGivenUp === true,
      }),
    );
  },
}));
