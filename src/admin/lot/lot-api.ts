import { adminApi } from '@strapi/strapi/admin';

const LOT = 'api::lot.lot';

export type LotVerb = 'stop' | 'release' | 'recall';

/** A machine in which meals of the lot stand. */
export interface Place {
  readonly id: string;
  readonly vendorId: string;
  readonly label: string;
  readonly meals: number;
}

/** A purchase in which meals of the lot went. */
export interface Buyer {
  readonly transactionId: string;
  readonly ref: string;
  readonly customerId: string | null;
  readonly at: string | null;
  readonly barcodes: readonly string[];
  /** What is to be given back, in minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly refund: { readonly state: string; readonly amount: number } | null;
}

export interface Lot {
  readonly id: string;
  readonly state: 'selling' | 'stopped' | 'recalled';
  readonly reason: string | null;
  readonly meals: number;
  readonly machines: readonly Place[];
  readonly buyers: readonly Buyer[];
  /** Whether Larder gives buyers of a recalled lot their money back by itself. */
  readonly refundsBuyers: boolean;
}

interface Decision {
  readonly lot: string;
  readonly verb: LotVerb;
  readonly reason: string;
}

const address = (lot: string) => `/meals/lots/${encodeURIComponent(lot)}`;

const lots = adminApi.enhanceEndpoints({ addTagTypes: ['Document', 'LarderLot'] }).injectEndpoints({
  endpoints: (builder) => ({
    lot: builder.query<Lot, string>({
      query: (lot) => ({ url: address(lot), method: 'GET' }),
      // Meals come and go meanwhile.
      keepUnusedDataFor: 0,
      providesTags: ['LarderLot'],
    }),
    decideLot: builder.mutation<Omit<Lot, 'refundsBuyers'>, Decision>({
      query: ({ lot, verb, reason }) => ({ url: `${address(lot)}/${verb}`, method: 'POST', data: { reason } }),
      // The tags under which the Content Manager keeps what it has read: it reads the page and the list again. After a
      // refusal too, for somebody else may have decided meanwhile.
      invalidatesTags: (_answer, _refusal, { lot }) => [
        'LarderLot',
        { type: 'Document', id: `${LOT}_${lot}` },
        { type: 'Document', id: `${LOT}_LIST` },
      ],
    }),
  }),
});

export const { useLotQuery, useDecideLotMutation } = lots;
