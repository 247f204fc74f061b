import type { Core } from '@strapi/strapi';
import { administrator, type AdminContext } from '../../../../../shared/admin';
import { refuseFields } from '../../../../../shared/http';
import { lock, unlock } from '../conduct/decide-sales';
import { answerDecision } from '../http/decision-answers';
import { parseDecision } from '../http/requests';
import { telemetryOf } from '../services/room';

/** Sales from the panel: `POST /telemetry/machines/:id/lock` and `…/unlock`. */
export const salesDesk = ({ strapi }: { strapi: Core.Strapi }) => {
  const decideBy = (work: typeof lock) => async (ctx: AdminContext) => {
    const given = parseDecision(ctx.params, ctx.request.body);
    if (!given.ok) return refuseFields(ctx, given.faults);
    const { id, reason } = given.value;
    answerDecision(ctx, await work({ machineKey: id, reason, by: administrator(ctx) }, telemetryOf(strapi).parts));
  };
  return { lock: decideBy(lock), unlock: decideBy(unlock) };
};
