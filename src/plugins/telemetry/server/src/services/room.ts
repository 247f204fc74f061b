/** The telemetry room, put together. */
import type { Core } from '@strapi/strapi';
import { runtime } from '../../../../../shared/runtime';
import { getService as alerts } from '../../../../alerts/server/src/services';
import { createSilenceSweep } from '../conduct/silence';
import { NO_INVENTORY, type TelemetryParts, type TelemetryPorts } from '../core/parts';
import { createDeviceCheck, type DeviceCheck } from '../store/device-check';
import { dropOldDays, ensureDaysAhead } from '../store/partitions';
import { ensureTelemetrySchema } from '../store/schema';
import { readSettings } from './settings';

export interface TelemetryRoom {
  readonly parts: TelemetryParts;
  readonly devices: DeviceCheck;
  provide(ports: TelemetryPorts): void;
}

/** Partitions stand ready for so many days, should every sweep fail. */
const DAYS_AHEAD = 2;

const rooms = new WeakMap<Core.Strapi, TelemetryRoom>();

/** The room of this application; made on first use. */
export function telemetryOf(strapi: Core.Strapi): TelemetryRoom {
  let room = rooms.get(strapi);
  if (!room) {
    room = createRoom(strapi);
    rooms.set(strapi, room);
  }
  return room;
}

export async function prepareTelemetry(strapi: Core.Strapi): Promise<void> {
  const { database } = runtime(strapi);
  await ensureTelemetrySchema(database);
  await ensureDaysAhead(database, DAYS_AHEAD);
}

function createRoom(strapi: Core.Strapi): TelemetryRoom {
  const { keepDays, graceSeconds, sweepSeconds } = readSettings(strapi.config.get('plugin::telemetry'));
  const { database, notifications, queue, schedule } = runtime(strapi);
  let ports = NO_INVENTORY;
  const parts: TelemetryParts = {
    database,
    queue,
    notifier: alerts(strapi, 'notifier'),
    ports: () => ports,
    keepDays,
    graceSeconds,
    log: strapi.log,
  };
  schedule.every(sweepSeconds, 'telemetry.silence', createSilenceSweep(parts, sweepSeconds));
  schedule.every(sweepSeconds, 'telemetry.days', async () => {
    await ensureDaysAhead(database, DAYS_AHEAD);
    const dropped = await dropOldDays(database, keepDays);
    if (dropped.length > 0) strapi.log.info(`Readings older than ${keepDays} days are gone: ${dropped.join(', ')}`);
  });
  return {
    parts,
    devices: createDeviceCheck(database, notifications),
    provide(given) {
      ports = given;
    },
  };
}
