import type { Core } from '@strapi/strapi';
import { refuse } from '../../../../../shared/http';
import { takeReadings } from '../conduct/take-readings';
import { REJECTIONS, type RejectedReading } from '../core/reading';
import { telemetryOf } from '../services/room';
import { noteHeartbeat } from '../store/heartbeats';
import { asDevice, refuseGone, type DeviceContext } from './device-call';
import { readBatch } from './read-readings';
import { parseHeartbeat } from './requests';

/** What the device in a fridge says of itself, with its own key. */
export const device = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `POST /machines/:id/readings` */
  async readings(ctx: DeviceContext) {
    const { devices, parts } = telemetryOf(strapi);
    await asDevice(ctx, devices, readBatch, async (machine, { readings, places, rejected }) => {
      const taken = await takeReadings(machine.id, readings, parts);
      if (!taken) return refuseGone(ctx);
      const late = taken.faults.map(({ n, code }) => ({ index: places[n] ?? 0, field: 'at', code }) as const);
      const all = [...rejected, ...late].sort((a, b) => a.index - b.index);
      if (taken.stored + taken.repeated === 0) return refuseBatch(ctx, all, taken.now);
      ctx.status = 200;
      ctx.body = {
        stored: taken.stored,
        repeated: taken.repeated,
        rejected: all,
        locked: taken.reason !== null,
        reason: taken.reason,
        time: new Date(taken.now).toISOString(),
      };
    });
  },

  /** `POST /machines/:id/heartbeat` */
  async heartbeat(ctx: DeviceContext) {
    const { devices, parts } = telemetryOf(strapi);
    await asDevice(ctx, devices, parseHeartbeat, async (machine, heartbeat) => {
      const heard = await noteHeartbeat(parts.database, machine.id, heartbeat);
      if (!heard) return refuseGone(ctx);
      ctx.status = 200;
      ctx.body = heard;
    });
  },
});

/** Nothing of the batch could be used: that is no batch with a fault in it, it is a fault. */
function refuseBatch(ctx: DeviceContext, rejected: readonly RejectedReading[], now: number): void {
  const errors = rejected.slice(0, 20).map(({ index, field, code }) => ({
    field: field === 'reading' ? `readings.${index}` : `readings.${index}.${field}`,
    message: REJECTIONS[code],
  }));
  const list = errors.slice(0, 5).map(({ field, message }) => `${field}: ${message}`);
  refuse(ctx, 400, 'invalid_request', `No reading could be used. ${list.join('; ')}`, {
    errors,
    rejected,
    time: new Date(now).toISOString(),
  });
}
