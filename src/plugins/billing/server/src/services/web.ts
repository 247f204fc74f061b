/** The web front of the room: customers, Checkout, receipts and the pages. */
import type { Core } from '@strapi/strapi';
import { createEnsureCustomer, type EnsureCustomer } from '../customers/ensure';
import { frontOf, type Front } from '../core/front';
import type { BillingParts } from '../core/parts';
import { billingOf } from './room';
import { readSettings } from './settings';

export interface BillingWeb {
  readonly parts: BillingParts;
  readonly front: Front;
  readonly ensureCustomer: EnsureCustomer;
}

const webs = new WeakMap<Core.Strapi, BillingWeb | null>();

/** Null with `PAYMENTS=record`: then somebody else than Larder takes the money, and there is nothing to show. */
export function webOf(strapi: Core.Strapi): BillingWeb | null {
  let web = webs.get(strapi);
  if (web === undefined) {
    web = createWeb(strapi);
    webs.set(strapi, web);
  }
  return web;
}

function createWeb(strapi: Core.Strapi): BillingWeb | null {
  const room = billingOf(strapi);
  if (!room) return null;
  const { parts, config } = room;
  const front = frontOf({
    publishableKey: config.publishableKey,
    scriptUrl: config.scriptUrl,
    publicUrl: strapi.config.get<string>('larder.publicUrl'),
    corsOrigins: strapi.config.get<string[]>('larder.corsOrigins'),
    pageSecret: readSettings(strapi.config.get('plugin::billing')).pageSecret,
  });
  return { parts, front, ensureCustomer: createEnsureCustomer(parts) };
}
