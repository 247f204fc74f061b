/** A route of the front end that a fridge's own device may call too, with its device key. */
import type { Core } from '@strapi/strapi';
import { frontEndAuth } from '../../../../../shared/http';
import { telemetryOf } from '../services/room';
import type { Device } from '../store/device-check';

const DEVICE = 'larder-device';

interface AuthState {
  auth?: { strategy?: { name?: string }; credentials?: unknown };
}

/** The `config.auth` of such a route. Its handler must ask {@link deviceOf}: to everything else a device is nobody. */
export function deviceOrFrontEndAuth(strapi: Core.Strapi) {
  const deviceKey = {
    name: DEVICE,
    async authenticate(ctx: { get(header: string): string }) {
      const device = await telemetryOf(strapi).devices.find(ctx.get('authorization'));
      return device ? { authenticated: true, credentials: device } : { authenticated: false };
    },
    // What it may do hangs on whose machine is asked for, which only the handler knows.
    verify: () => undefined,
  };
  return { strategies: [deviceKey, ...frontEndAuth(strapi).strategies] };
}

/** The device that calls; undefined for every other caller. */
export function deviceOf(state: AuthState): Device | undefined {
  return state.auth?.strategy?.name === DEVICE ? (state.auth.credentials as Device) : undefined;
}

/** Whether `key`, an id or a vendor id, names the device's own machine. */
export function isOwnMachine({ machine }: Device, key: string): boolean {
  return key === machine.documentId || key === machine.vendorId;
}
