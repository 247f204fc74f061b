import { isDeepStrictEqual } from 'node:util';
import type { Core, UID } from '@strapi/strapi';
import { memory } from '../memory';
import { operatorPermissions, type Permission } from './operator-permissions';

export const OPERATOR_CODE = 'larder-operator';

interface Roles {
  findOne(where: { code: string }): Promise<{ id: number } | null>;
  create(role: { name: string; code: string; description: string }): Promise<{ id: number }>;
  assignPermissions(roleId: number, permissions: readonly Permission[]): Promise<unknown>;
}

/**
 * Makes the administrators' role "Operator". A role that somebody has deleted is not made again, and permissions that
 * somebody has changed are not changed back; otherwise each version of Larder brings them up to date.
 */
export async function seedOperatorRole(strapi: Core.Strapi): Promise<void> {
  const roles = strapi.service('admin::role') as unknown as Roles;
  const memories = memory<Permission[]>(strapi, 'role');
  const left = await memories.recall(OPERATOR_CODE);
  const known = await roles.findOne({ code: OPERATOR_CODE });
  if (!known && left) return;
  if (known && left && !isUntouched(strapi, left, await permissionsOf(strapi, known.id))) return;
  const role =
    known ??
    (await roles.create({
      name: 'Operator',
      code: OPERATOR_CODE,
      description:
        'Looks after the fridges: reads everything, edits machines and products, decides purchases under review, and refunds.',
    }));
  const wanted = operatorPermissions(strapi);
  await roles.assignPermissions(role.id, wanted);
  await memories.remember(OPERATOR_CODE, wanted);
}

async function permissionsOf(strapi: Core.Strapi, role: number): Promise<Permission[]> {
  return (await strapi.db.query('admin::permission').findMany({ where: { role } })) as Permission[];
}

/** At a boot Strapi itself takes out of permissions the attributes that are gone; that is nobody's change. */
function isUntouched(strapi: Core.Strapi, left: readonly Permission[], now: readonly Permission[]): boolean {
  return isDeepStrictEqual(comparable(strapi, left), comparable(strapi, now));
}

function comparable(strapi: Core.Strapi, permissions: readonly Permission[]): string[] {
  return permissions
    .map(({ action, subject, properties, conditions }) => {
      const attributes = Object.keys(subject ? strapi.contentType(subject as UID.ContentType).attributes : {});
      const fields = properties.fields?.filter((field) => attributes.includes(field)).sort();
      return JSON.stringify([action, subject, fields ?? null, conditions]);
    })
    .sort();
}
