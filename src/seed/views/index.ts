import { isDeepStrictEqual } from 'node:util';
import type { Core } from '@strapi/strapi';
import { memory } from '../memory';
import { checkout } from './checkout';
import { configurationFor, type Configuration } from './configuration';
import { debt } from './debt';
import { event } from './event';
import { incident } from './incident';
import { invoice } from './invoice';
import { ledgerEntry } from './ledger-entry';
import { line } from './line';
import { lot } from './lot';
import { machine } from './machine';
import { meal } from './meal';
import { payment } from './payment';
import { product } from './product';
import { refund } from './refund';
import { restock } from './restock';
import { stockMovement } from './stock-movement';
import { stripeEvent } from './stripe-event';
import { thresholdProfile } from './threshold-profile';
import { transaction } from './transaction';
import { expert } from './expert';
import { plan } from './plan';
import { referral } from './referral';
import { referralCode } from './referral-code';
import { subscription } from './subscription';
import { badge } from './badge';
import { isUntouched } from './untouched';
import { user } from './user';
import type { View } from './view';

export const views: readonly View[] = [
  machine,
  product,
  transaction,
  line,
  event,
  incident,
  user,
  payment,
  refund,
  debt,
  checkout,
  invoice,
  ledgerEntry,
  stripeEvent,
  thresholdProfile,
  meal,
  lot,
  restock,
  stockMovement,
  plan,
  subscription,
  referralCode,
  referral,
  expert,
  badge,
];

/** The Content Manager's own service; Strapi does not type it. */
interface ContentTypes {
  findContentType(uid: string): unknown;
  findConfiguration(contentType: unknown): Promise<Configuration>;
  updateConfiguration(contentType: unknown, wanted: Configuration): Promise<Configuration>;
}

/**
 * Gives every content type its view. A view that somebody has rearranged since ("Configure the view") is left alone,
 * also by later versions of Larder.
 */
export async function seedViews(strapi: Core.Strapi): Promise<void> {
  const contentTypes = strapi.plugin('content-manager').service<ContentTypes>('content-types');
  const memories = memory<Configuration>(strapi, 'view');
  for (const view of views) {
    const contentType = contentTypes.findContentType(view.uid);
    const now = pick(await contentTypes.findConfiguration(contentType));
    const left = await memories.recall(view.uid);
    if (left && !isUntouched(left, now)) continue;
    const wanted = configurationFor(view, now);
    if (!isDeepStrictEqual(wanted, now)) await contentTypes.updateConfiguration(contentType, wanted);
    await memories.remember(view.uid, wanted);
  }
}

/** The stored record also has the type's uid and kind. */
function pick({ settings, metadatas, layouts }: Configuration): Configuration {
  return { settings, metadatas, layouts };
}
