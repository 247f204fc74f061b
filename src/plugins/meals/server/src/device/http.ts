/** `POST /machines/:id/meal-events`: a device tells what is touched, taken and put back, and hears what to do about it. */
import type { Core } from '@strapi/strapi';
import { languageOf } from '../../../../../shared/pages/language';
import { asDevice, type DeviceContext } from '../../../../telemetry/server/src/http/device-call';
import { getService as telemetry } from '../../../../telemetry/server/src/services';
import { getService } from '../services';
import { messageOf } from './messages';
import { parseMealEvents } from './request';

export const device = ({ strapi }: { strapi: Core.Strapi }) => ({
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
});
