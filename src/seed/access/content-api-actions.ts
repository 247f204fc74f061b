import type { Core } from '@strapi/strapi';

/**
 * Those of `actions` that have a route and a controller. A missing one is named in the log: Strapi refuses a whole
 * token, or drops the permission at the next boot, where it knows of no such action.
 */
export function knownActions(strapi: Core.Strapi, actions: readonly string[], forWhom: string): string[] {
  const known = new Set<string>(strapi.contentAPI.permissions.providers.action.keys());
  const missing = actions.filter((action) => !known.has(action));
  if (missing.length > 0) strapi.log.error(`${forWhom} cannot be given what does not exist: ${missing.join(', ')}`);
  return actions.filter((action) => known.has(action));
}
