import { isDeepStrictEqual } from 'node:util';
import type { Configuration, Metadata } from './configuration';

/**
 * Whether `now` is what the seed `left`, give or take what Strapi itself does at a boot when attributes come and go:
 * it drops the old ones from a view and hangs the new ones at its end.
 */
export function isUntouched(left: Configuration, now: Configuration): boolean {
  const isShared = (name: string) => name in left.metadatas && name in now.metadatas;
  const shared = ({ settings, metadatas, layouts }: Configuration) => ({
    settings,
    metadatas: Object.entries(metadatas)
      .filter(([name]) => isShared(name))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, metadata]) => [name, withoutStrapisChecks(metadata)]),
    list: layouts.list.filter(isShared),
    edit: layouts.edit.map((row) => row.filter(({ name }) => isShared(name))).filter((row) => row.length > 0),
  });
  return isDeepStrictEqual(plain(shared(left)), plain(shared(now)));
}

/** Strapi turns these two off by itself when the type of an attribute changes. */
function withoutStrapisChecks({ edit, list }: Metadata): unknown {
  return { edit, list: { ...list, sortable: null, searchable: null } };
}

/** As it comes back from the database: `undefined` gone. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
