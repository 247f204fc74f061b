/**
 * What the panel's search field finds in the tables that grow without end. Strapi looks for the text anywhere in every
 * text of every row, for which no index is of use; here it is the beginning of one of the references that somebody has
 * in front of them, or a whole documentId. Their indexes are in src/plugins/purchases/server/src/store/schema.ts.
 */
import type { Core } from '@strapi/strapi';

/** By type, the attributes of which the beginning is enough. */
const REFERENCES: Readonly<Record<string, readonly string[]>> = {
  'api::transaction.transaction': ['ref', 'paymentIntentId', 'vendorSession'],
  'api::transaction.line': [],
  'api::event.event': [],
};

interface Params {
  readonly _q?: unknown;
  readonly filters?: unknown;
}

/** Answers `_q` on transactions, their lines and events, whoever asks, with those that a reference finds. */
export function searchByReference(strapi: Core.Strapi): void {
  strapi.documents.use((context, next) => {
    const references = REFERENCES[context.uid];
    const params = context.params as Params;
    if (references && params._q !== undefined) Object.assign(context, { params: byReference(params, references) });
    return next();
  });
}

/** `params` with a filter in place of `_q`; an empty text finds everything, as it does elsewhere. */
function byReference({ _q, filters, ...rest }: Params, references: readonly string[]): Params {
  const text = String(_q).trim();
  if (text === '') return { ...rest, ...(filters !== undefined && { filters }) };
  const beginnings = references.map((reference) => ({ [reference]: { $startsWith: text } }));
  const found = { $or: [{ documentId: { $eq: text } }, ...beginnings] };
  return { ...rest, filters: filters === undefined ? found : { $and: [filters, found] } };
}
