import type { Core } from '@strapi/strapi';
import { servePosts } from '../../../../../shared/http';
import { device } from './device';
import type { DeviceContext } from './device-call';

const PATH = /^\/api\/machines\/([A-Za-z0-9_-]{1,120})\/([a-z-]+)$/;

/** The short way of what the devices in fridges send all day. @param more what other rooms hear from them, by path. */
export function serveDevices(
  strapi: Core.Strapi,
  more: Readonly<Record<string, (ctx: DeviceContext) => Promise<void>>>,
): void {
  const { readings, heartbeat } = device({ strapi });
  servePosts(strapi, PATH, { readings, heartbeat, ...more });
}
