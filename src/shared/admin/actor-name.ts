import type { Core } from '@strapi/strapi';

/** As the books name an administrator or an API token, e.g. `admin:2`, `token:3`. */
export const ACTOR = /^(admin|token):(\d{1,9})$/;

/** Who that is: an administrator's name (the address where there is none), or what the token is called. Null: nobody any more. */
export async function actorName(strapi: Core.Strapi, actor: string): Promise<string | null> {
  const [, kind, id] = ACTOR.exec(actor) ?? [];
  if (kind === undefined) return null;
  if (kind === 'token') {
    const token = (await strapi.db.query('admin::api-token').findOne({ where: { id } })) as { name: string } | null;
    return token?.name ?? null;
  }
  const person = (await strapi.db.query('admin::user').findOne({ where: { id } })) as Person | null;
  if (!person) return null;
  return [person.firstname, person.lastname].filter(Boolean).join(' ') || person.email;
}

interface Person {
  readonly firstname: string | null;
  readonly lastname: string | null;
  readonly email: string;
}
