import type { Core } from '@strapi/strapi';
import { createGateway, type Gateway, type GatewayOptions } from '../gateway';
import { readSettings } from './settings';

/** What the rest of Larder wants to hear from the gateway. */
export type Hooks = Pick<GatewayOptions, 'onOrphan' | 'onUp' | 'onDown'>;

export interface GatewayService {
  /** Must be called once, before the server listens. */
  provide(hooks: Hooks): void;
  readonly gateway: Gateway;
}

export function createGatewayService(strapi: Core.Strapi): GatewayService {
  const settings = readSettings(strapi.config.get('plugin::vendron'));
  let hooks: Hooks | undefined;
  const gateway = createGateway({
    ...settings,
    acquireTimeoutMs: settings.timeoutMs,
    log: strapi.log,
    onOrphan: (signal) => hooks?.onOrphan(signal),
    onUp: () => hooks?.onUp(),
    onDown: (reason) => hooks?.onDown(reason),
  });
  return {
    provide: (given) => void (hooks = given),
    gateway,
  };
}
