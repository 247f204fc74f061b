import type { Core } from '@strapi/strapi';
import { createPurchases } from './purchases';

export { STATES } from '../core/states';
export { SORT_FIELDS } from '../read/search';
export type { CheckOutcome } from '../conduct/check';
export type { OpenOutcome, OpenRequest } from '../conduct/open';
export type { Decline } from '../ports';
export type { Purchase } from '../core/purchase';
export { noteMoney, type MoneyNote } from '../store/money';
export type { PurchaseFeed } from '../read/feed';
export type { PurchaseSearch } from '../read/search';
export type { PurchaseView } from '../read/view';

export const services = {
  purchases: ({ strapi }: { strapi: Core.Strapi }) => createPurchases(strapi),
};

type Services = typeof services;

/** The purchases room's services, typed. */
export function getService<Name extends keyof Services>(strapi: Core.Strapi, name: Name): ReturnType<Services[Name]> {
  return strapi.plugin('purchases').service<ReturnType<Services[Name]>>(name);
}
