import type { Core } from '@strapi/strapi';

interface Administrators {
  exists(): Promise<boolean>;
  /** Locks the super administrator's role while it looks, so that two instances make one. */
  createFirstAdmin(person: { email: string; firstname: string; lastname: string; password: string }): Promise<unknown>;
}

/**
 * Makes the super administrator that ADMIN_EMAIL and ADMIN_PASSWORD describe where there is no administrator at all.
 * Later changes of the variables change nobody: passwords are changed in the panel.
 */
export async function createFirstAdministrator(strapi: Core.Strapi): Promise<void> {
  const email = strapi.config.get<string | undefined>('larder.adminEmail');
  const password = strapi.config.get<string | undefined>('larder.adminPassword');
  if (!email || !password) return;
  const administrators = strapi.service('admin::user') as unknown as Administrators;
  if (await administrators.exists()) return;
  await administrators.createFirstAdmin({
    // Strapi looks the address up in lower case when somebody logs in.
    email: email.toLowerCase(),
    firstname: 'Larder',
    lastname: 'Administrator',
    password,
  });
  strapi.log.info(`The first administrator is ${email}`);
}
