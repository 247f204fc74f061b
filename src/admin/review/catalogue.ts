/** The catalogue as the Content Manager answers it: each administrator sees what their role may see. */
import { useDebounce, useFetchClient, type FetchClient } from '@strapi/strapi/admin';
import { useEffect, useState } from 'react';
import { MOST, type Product } from './decision';

const TYPING_PAUSE_MS = 250;
const SUGGESTIONS = 20;

/** The products with these skus, by sku; undefined until they are looked up. */
export function useProducts(skus: readonly string[], currency: string): ReadonlyMap<string, Product> | undefined {
  const { get } = useFetchClient();
  const [found, setFound] = useState<ReadonlyMap<string, Product>>();
  const asked = skus.join('\n');

  useEffect(() => {
    const abort = new AbortController();
    const conditions = asked.split('\n').map((sku, at): [string, string] => [`filters[sku][$in][${at}]`, sku]);
    read(get, [...conditions, ['pageSize', String(MOST)]], currency, abort.signal).then(
      (products) => setFound(new Map(products.map((product) => [product.sku, product]))),
      // Without the prices there is no estimate; the decision itself needs none.
      () => undefined,
    );
    return () => abort.abort();
  }, [get, asked, currency]);

  return found;
}

export interface Search {
  readonly isLoading: boolean;
  readonly products: readonly Product[];
}

/** The products whose name or sku has this text in it; undefined: nobody looks for any. */
export function useProductSearch(text: string | undefined, currency: string): Search {
  const { get } = useFetchClient();
  const wanted = useDebounce(text, TYPING_PAUSE_MS);
  const [found, setFound] = useState<{ readonly text: string; readonly products: readonly Product[] }>();

  useEffect(() => {
    if (wanted === undefined) return;
    const abort = new AbortController();
    const conditions: [string, string][] = [
      ['filters[$or][0][name][$containsi]', wanted],
      ['filters[$or][1][sku][$containsi]', wanted],
      ['pageSize', String(SUGGESTIONS)],
    ];
    read(get, wanted === '' ? conditions.slice(2) : conditions, currency, abort.signal).then(
      (products) => setFound({ text: wanted, products }),
      () => !abort.signal.aborted && setFound({ text: wanted, products: [] }),
    );
    return () => abort.abort();
  }, [get, wanted, currency]);

  return { isLoading: text !== undefined && found?.text !== text, products: found?.products ?? [] };
}

/** A purchase is in one currency, and so is what can be added to it. */
async function read(get: FetchClient['get'], query: [string, string][], currency: string, signal: AbortSignal) {
  // As text, for the fetch client would not escape it: somebody may well look for "salt & vinegar".
  const params = new URLSearchParams([...query, ['filters[currency][$eq]', currency], ['sort', 'name:ASC']]).toString();
  const address = '/content-manager/collection-types/api::product.product';
  const { data } = await get<{ readonly results: readonly Product[] }>(address, { params, signal });
  return data.results;
}
