/** What a device and Larder tell each other about the meals in its machine. */
import type { Core } from '@strapi/strapi';
import { languageOf } from '../../../../../shared/pages/language';
import { asDevice, type DeviceContext } from '../../../../telemetry/server/src/http/device-call';
import { getService as telemetry } from '../../../../telemetry/server/src/services';
import { getService } from '../services';
import { stockPartsOf } from '../services/stock-parts';
import { findMealsOf } from '../store/machine-meals';
import { messageOf } from './messages';
import { parseMealEvents } from './request';

const nothing = () => ({ ok: true, value: null }) as const;

export const device = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `POST /machines/:id/meal-events`: what is touched, taken and put back, and what to do about it. */
  async events(ctx: DeviceContext) {
    const { devices } = telemetry(strapi, 'telemetry');
    await asDevice(ctx, devices, parseMealEvents, async (machine, { events, isList }) => {
      const judgements = await getService(strapi, 'meals').takeEvents(machine, events);
      const language = languageOf(undefined, ctx.get('accept-language'));
      const answers = judgements.map((judgement) => ({
        signal: judgement.signal,
        reason: judgement.reason,
        message: messageOf(judgement, language),
      }));
      ctx.status = 200;
      ctx.body = isList ? { results: answers } : answers[0];
    });
  },

  /** `GET /machines/:id/meals`: what stands there by the books, so that a device knows what it looks at. */
  async meals(ctx: DeviceContext) {
    const { devices } = telemetry(strapi, 'telemetry');
    await asDevice(ctx, devices, nothing, async (machine) => {
      const data = await findMealsOf(stockPartsOf(strapi).database, machine.id);
      ctx.status = 200;
      ctx.body = { data };
    });
  },
});
