/**
 * What the panel's search field finds in the tables that grow without end. Strapi looks for the text anywhere in every
 * text of every row, for which no index is of use; here it is a reference that somebody has in front of them, or a whole
 * documentId. Their indexes are in the `schema.json` of each type, or in the `store/schema.ts` of the room that writes it.
 */
import type { Core } from '@strapi/strapi';
import { views } from '.';
import type { View } from './view';

interface Params {
  readonly _q?: unknown;
  readonly filters?: unknown;
}

/** Answers `_q` on types whose view says what they are searched by, whoever asks, with what these references find. */
export function searchByReference(strapi: Core.Strapi): void {
  const searched = new Map(views.map(({ uid, searchedBy }) => [uid, searchedBy]));
  strapi.documents.use((context, next) => {
    const references = searched.get(context.uid);
    const params = context.params as Params;
    if (references && params._q !== undefined) Object.assign(context, { params: byReference(params, references) });
    return next();
  });
}

/** `params` with a filter in place of `_q`; an empty text finds everything, as it does elsewhere. */
function byReference({ _q, filters, ...rest }: Params, references: NonNullable<View['searchedBy']>): Params {
  const text = String(_q).trim();
  if (text === '') return { ...rest, ...(filters !== undefined && { filters }) };
  const ways = Object.entries(references).map(([reference, part]) => ({
    [reference]: part === 'beginning' ? { $startsWith: text } : { $eq: text },
  }));
  const found = { $or: [{ documentId: { $eq: text } }, ...ways] };
  return { ...rest, filters: filters === undefined ? found : { $and: [filters, found] } };
}
