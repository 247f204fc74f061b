import { adminApi } from '@strapi/strapi/admin';

const MACHINE = 'api::machine.machine';

/** A key that works, without the key itself. */
export interface DeviceKey {
  readonly hint: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  /** For the key before the live one: until when it works. */
  readonly worksUntil: string | null;
}

export interface Device {
  readonly keys: readonly DeviceKey[];
  readonly version: string | null;
  readonly heartbeatAt: string | null;
}

export interface SalesDecision {
  /** The machine's documentId. */
  readonly machine: string;
  readonly verb: 'lock' | 'unlock';
  readonly reason: string;
}

const address = (machine: string) => `/telemetry/machines/${encodeURIComponent(machine)}`;

const fridges = adminApi.enhanceEndpoints({ addTagTypes: ['Document', 'LarderDevice'] }).injectEndpoints({
  endpoints: (builder) => ({
    device: builder.query<Device, string>({
      query: (machine) => ({ url: `${address(machine)}/device`, method: 'GET' }),
      keepUnusedDataFor: 0,
      providesTags: ['LarderDevice'],
    }),
    makeDeviceKey: builder.mutation<{ readonly key: string }, string>({
      query: (machine) => ({ url: `${address(machine)}/device-key`, method: 'POST' }),
      invalidatesTags: ['LarderDevice'],
    }),
    revokeDeviceKeys: builder.mutation<{ readonly revoked: number }, string>({
      query: (machine) => ({ url: `${address(machine)}/device-key`, method: 'DELETE' }),
      invalidatesTags: ['LarderDevice'],
    }),
    decideSales: builder.mutation<{ readonly id: string; readonly locked: boolean }, SalesDecision>({
      query: ({ machine, verb, reason }) => ({ url: `${address(machine)}/${verb}`, method: 'POST', data: { reason } }),
      // The tags under which the Content Manager keeps what it has read: it reads the page and the list again.
      invalidatesTags: (_answer, _refusal, { machine }) => [
        { type: 'Document', id: `${MACHINE}_${machine}` },
        { type: 'Document', id: `${MACHINE}_LIST` },
      ],
    }),
  }),
});

export const { useDeviceQuery, useMakeDeviceKeyMutation, useRevokeDeviceKeysMutation, useDecideSalesMutation } =
  fridges;
