import { factories } from '@strapi/strapi';
import { toSVG } from 'bwip-js';
import { getService } from '../../../plugins/purchases/server/src/services';
import { deviceOf, isOwnMachine } from '../../../plugins/telemetry/server/src/http/device-auth';
import { callerOf, refuse, refuseFields } from '../../../shared/http';
import { machineAdministration } from '../http/administration';
import { answerCheck, answerOpen } from '../http/answers';
import { parseDoorToken } from '../http/credential-request';
import { parseOpenByDevice } from '../http/device-open';
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

  /** `POST /me/door-token` */
  async doorToken(ctx) {
    const caller = callerOf(ctx.state);
    if (caller.kind === 'anybody') return refuse(ctx, 401, 'unauthorized', 'Please log in to open a door.');
    const named = parseDoorToken(ctx.request.body, caller);
    if (!named.ok) return refuseFields(ctx, named.faults);
    const room = getService(strapi, 'purchases');
    const { id, email } = named.value;
    const found =
      caller.kind === 'customer'
        ? ({ kind: 'customer', id: caller.userId, isBlocked: false } as const)
        : await room.findOrMakeCustomer(id, email);
    if (found.kind === 'conflict') return answerOpen(ctx, { kind: 'customer_conflict' });
    if (found.isBlocked) return answerOpen(ctx, { kind: 'customer_blocked' });
    const { token, expiresAt } = await room.makeDoorToken(found.id);
    ctx.status = 201;
    ctx.body = { token, expiresAt: expiresAt.toISOString(), qr: toSVG({ bcid: 'qrcode', text: token }) };
  },

  /** `POST /machines/:id/open` */
  async open(ctx) {
    const [caller, device] = [callerOf(ctx.state), deviceOf(ctx.state)];
    const payments = strapi.config.get<'record' | 'stripe'>('plugin::purchases.payments');
    const sent = [ctx.params, ctx.request.body, ctx.get('idempotency-key')] as const;
    if (device && !isOwnMachine(device, (ctx.params as { id: string }).id)) {
      return refuse(ctx, 403, 'other_machine', 'This key belongs to another machine.');
    }
    if (!device && caller.kind === 'anybody') {
      return refuse(ctx, 401, 'unauthorized', 'Please log in to open a door.');
    }
    const request =
      caller.kind === 'anybody'
        ? parseOpenByDevice(...sent, `device:${device?.machine.id}`, payments)
        : parseOpen(...sent, caller, payments);
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
