import type { Core } from '@strapi/strapi';
import { isPassing } from '../shared/sql';

/**
 * Keeps the process alive when a promise inside Strapi or a library rejects, unhandled, because the database is away.
 * Every other unhandled rejection still ends it: then nobody knows what state it is in.
 */
export function surviveDatabaseLoss(strapi: Core.Strapi): void {
  process.on('unhandledRejection', (reason) => {
    if (!isPassing(reason)) throw reason;
    strapi.log.warn(`The database is away: ${(reason as Error).message}`);
  });
}
