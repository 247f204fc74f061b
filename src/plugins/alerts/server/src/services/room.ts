import type { Core } from '@strapi/strapi';
import { runtime } from '../../../../../shared/runtime';
import { createAlerts, type Alerts } from '../core/alerts';
import { readSettings } from '../core/settings';

const rooms = new WeakMap<Core.Strapi, Alerts>();

/** The room of this application; made on first use, which must be before its queue is prepared. */
export function alertsOf(strapi: Core.Strapi): Alerts {
  let room = rooms.get(strapi);
  if (!room) {
    const { database, queue, schedule } = runtime(strapi);
    const settings = readSettings(strapi.config.get('plugin::alerts'));
    room = createAlerts({
      database,
      queue,
      schedule,
      settings,
      publicUrl: strapi.config.get<string>('larder.publicUrl'),
    });
    rooms.set(strapi, room);
  }
  return room;
}
