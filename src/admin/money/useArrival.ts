import { useFetchClient } from '@strapi/strapi/admin';
import { useEffect } from 'react';
import { useRereadMutation } from './reread-api';

/** A job brings it about within a moment, where Stripe answers: then the looks end, and a reload shows the rest. */
const LOOK_MS = 1500;
const LOOKS = 8;

export interface Awaited {
  /** The type and documentId of the entry on the page. */
  readonly uid: string;
  readonly id: string;
  /** The type of what is on its way; of these, those in this state. */
  readonly of: string;
  readonly state: string;
  /** Which of them, as filters of the Content Manager. */
  readonly filters: Readonly<Record<string, unknown>>;
  /** How often somebody has sent something on its way here: each time it is looked for anew. */
  readonly round?: number;
}

/** While `isAwaited`: looks whether money that is on its way has arrived, and then has the page read its entry again. */
export function useArrival(isAwaited: boolean, { uid, id, of, state, filters, round = 0 }: Awaited): void {
  const { get } = useFetchClient();
  const [reread] = useRereadMutation();
  const which = JSON.stringify(filters);

  useEffect(() => {
    if (!isAwaited) return;
    let looks = 0;
    const timer = setInterval(() => {
      looks += 1;
      if (looks >= LOOKS) clearInterval(timer);
      const params = {
        filters: { $and: [JSON.parse(which) as object, { state: { $eq: state } }] },
        page: 1,
        pageSize: 1,
      };
      get<{ readonly results: readonly unknown[] }>(`/content-manager/collection-types/${of}`, { params }).then(
        ({ data }) => {
          if (data.results.length > 0) return;
          clearInterval(timer);
          void reread({ uid, id });
        },
        () => clearInterval(timer),
      );
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [isAwaited, get, reread, uid, id, of, state, which, round]);
}
