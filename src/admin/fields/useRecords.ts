import { useFetchClient, useForm } from '@strapi/strapi/admin';
import { useEffect, useState } from 'react';

const PAGE_SIZE = 100;

export type Records<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed' }
  | { readonly state: 'ready'; readonly rows: readonly T[]; readonly hasMore: boolean; readonly showMore: () => void };

interface Answer<T> {
  readonly results: readonly T[];
  readonly pagination: { readonly total: number };
}

/**
 * The records of `uid` that belong to the transaction on the page, in the order of `sort`, a hundred at a time. Read
 * through the Content Manager, which gives each administrator what their role may see.
 * @param by how they say so: a relation, or the transaction's id as text.
 * @param round another number reads them again.
 */
export function useRecords<T>(
  uid: string,
  sort: string,
  by: 'relation' | 'transactionId' = 'relation',
  round = 0,
): Records<T> {
  const { get } = useFetchClient();
  // The form and not the address: a transaction may also stand in a dialog over another entry's page.
  const transaction = useForm<unknown>(
    'LarderRecords',
    ({ values }) => (values as { documentId?: unknown }).documentId,
  );
  const revision = useForm<unknown>('LarderRecords', ({ values }) => (values as { revision?: unknown }).revision);
  const [pages, setPages] = useState(1);
  const [records, setRecords] = useState<Records<T>>({ state: 'loading' });

  useEffect(() => {
    if (typeof transaction !== 'string') return setRecords({ state: 'ready', rows: [], hasMore: false, showMore });
    const abort = new AbortController();
    const params = {
      filters:
        by === 'relation'
          ? { transaction: { documentId: { $eq: transaction } } }
          : { transactionId: { $eq: transaction } },
      sort,
      page: 1,
      pageSize: PAGE_SIZE * pages,
    };
    get<Answer<T>>(`/content-manager/collection-types/${uid}`, { params, signal: abort.signal }).then(
      ({ data }) => {
        const hasMore = data.pagination.total > data.results.length;
        setRecords({ state: 'ready', rows: data.results, hasMore, showMore });
      },
      () => {
        if (!abort.signal.aborted) setRecords({ state: 'failed' });
      },
    );
    return () => abort.abort();

    function showMore() {
      setPages((shown) => shown + 1);
    }
    // Each change of a transaction counts its revision up, and may have brought more.
  }, [get, transaction, revision, uid, sort, by, pages, round]);

  return records;
}
