/** What other rooms may call: `getService(strapi, 'telemetry')`. */
import type { Core } from '@strapi/strapi';
import { telemetryOf, type TelemetryRoom } from './room';

export type { TelemetryPorts } from '../core/parts';
export type { Device } from '../store/device-check';

export const services = {
  /** `provide` hands over what other rooms know; `devices` tells whose key a device has shown. */
  telemetry: ({ strapi }: { strapi: Core.Strapi }): Pick<TelemetryRoom, 'provide' | 'devices'> => telemetryOf(strapi),
};

type Services = typeof services;

/** The telemetry room's services, typed. Not before the plugin's `register` has run. */
export function getService<Name extends keyof Services>(strapi: Core.Strapi, name: Name): ReturnType<Services[Name]> {
  return strapi.plugin('telemetry').service<ReturnType<Services[Name]>>(name);
}
