import type { Core } from '@strapi/strapi';

/** What the seed left behind under a name, so that a later boot can tell a person's change from its own. */
export interface Memory<T> {
  recall(name: string): Promise<T | undefined>;
  remember(name: string, left: T): Promise<void>;
}

/** Memories of one kind, kept in Strapi's core store as `plugin_larder_seed.<kind>.<name>`. */
export function memory<T>(strapi: Core.Strapi, kind: string): Memory<T> {
  const store = strapi.store({ type: 'plugin', name: 'larder' });
  const key = (name: string) => `seed.${kind}.${name}`;
  return {
    recall: async (name) => ((await store.get({ key: key(name) })) ?? undefined) as T | undefined,
    remember: async (name, left) => {
      await store.set({ key: key(name), value: left });
    },
  };
}
