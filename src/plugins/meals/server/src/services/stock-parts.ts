import type { Core } from '@strapi/strapi';
import { runtime } from '../../../../../shared/runtime';
import { getService as alerts } from '../../../../alerts/server/src/services';
import type { RestockParts } from '../restock/call';

/** What those need who fill and empty machines. */
export function stockPartsOf(strapi: Core.Strapi): RestockParts {
  const { database, queue } = runtime(strapi);
  return { database, queue, notifier: alerts(strapi, 'notifier') };
}
