import type { Core } from '@strapi/strapi';

/** Something an administrator's role may be allowed to do, beside reading and editing content. */
export interface AdminPermission {
  /** E.g. `plugin::meals.lot.decide`. */
  readonly uid: `plugin::${string}.${string}`;
  /** As Strapi's administration shows it. */
  readonly displayName: string;
}

interface Permissions {
  readonly actionProvider: { registerMany(actions: readonly Readonly<Record<string, string>>[]): Promise<unknown> };
}

/** Makes permissions known, so that roles can be given them. In a plugin's `bootstrap`. */
export async function offerPermissions(strapi: Core.Strapi, permissions: readonly AdminPermission[]): Promise<void> {
  const { actionProvider } = strapi.service('admin::permission') as unknown as Permissions;
  await actionProvider.registerMany(
    permissions.map(({ uid, displayName }) => {
      const [plugin = '', ...rest] = uid.slice('plugin::'.length).split('.');
      return { section: 'plugins', displayName, uid: rest.join('.'), pluginName: plugin };
    }),
  );
}
