import type { Core } from '@strapi/strapi';
import { memory } from '../memory';
import { knownActions } from './content-api-actions';
import { CUSTOMER_ACTIONS } from './front-end-scopes';

/**
 * Grants the role `authenticated` what a customer may call. Each action is granted once: taken away by hand in the
 * panel, it stays away. `public` is given nothing.
 */
export async function seedCustomerActions(strapi: Core.Strapi): Promise<void> {
  const role = (await strapi.db
    .query('plugin::users-permissions.role')
    .findOne({ where: { type: 'authenticated' }, populate: ['permissions'] })) as {
    id: number;
    permissions: { action: string }[];
  } | null;
  if (!role) return;
  const memories = memory<string[]>(strapi, 'customer');
  const granted = new Set(await memories.recall('actions'));
  const held = new Set(role.permissions.map(({ action }) => action));
  const fresh = knownActions(strapi, CUSTOMER_ACTIONS, 'The role of customers').filter(
    (action) => !granted.has(action),
  );
  for (const action of fresh) {
    if (!held.has(action)) {
      await strapi.db.query('plugin::users-permissions.permission').create({ data: { action, role: role.id } });
    }
  }
  if (fresh.length > 0) await memories.remember('actions', [...granted, ...fresh]);
}
