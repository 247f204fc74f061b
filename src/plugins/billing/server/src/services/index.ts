/** What other rooms may call: `getService(strapi, 'payments')`. */
import type { Core } from '@strapi/strapi';
import type { PaymentProvider } from '../../../../purchases/server/src/ports/payment-provider';
import type { Sql } from '../../../../../shared/sql';
import { chargePeriod, type PeriodCharge } from '../periods/charge-period';
import { giveBackShare, type GivenBack, type PeriodShare } from '../periods/give-back-share';
import { requestRefund, type RefundOrder, type RefundOutcome } from '../refunds/request';
import { billingOf } from './room';

interface Periods {
  readonly charge: ((sql: Sql, order: PeriodCharge) => Promise<void>) | null;
  readonly giveBack: ((sql: Sql, share: PeriodShare) => Promise<GivenBack | null>) | null;
}

export const services = {
  /** Null with `PAYMENTS=record`. A thunk: a Strapi service is an object. */
  payments: ({ strapi }: { strapi: Core.Strapi }): { readonly provider: PaymentProvider | null } => ({
    provider: billingOf(strapi)?.payments ?? null,
  }),
  /** Null with `PAYMENTS=record`: then somebody else gives money back. */
  refunds: ({
    strapi,
  }: {
    strapi: Core.Strapi;
  }): { readonly request: ((order: RefundOrder) => Promise<RefundOutcome>) | null } => {
    const room = billingOf(strapi);
    return { request: room && ((order) => requestRefund(order, room.parts)) };
  },
  /** Nulls with `PAYMENTS=record`: then somebody else charges the periods of subscriptions. */
  periods: ({ strapi }: { strapi: Core.Strapi }): Periods => {
    const room = billingOf(strapi);
    return {
      charge: room && ((sql, order) => chargePeriod(sql, order, room.parts)),
      giveBack: room && ((sql, share) => giveBackShare(sql, share, room.parts)),
    };
  },
};

type Services = typeof services;

/** The billing room's services, typed. Not before the plugin's `register` has run. */
export function getService<Name extends keyof Services>(strapi: Core.Strapi, name: Name): ReturnType<Services[Name]> {
  return strapi.plugin('billing').service<ReturnType<Services[Name]>>(name);
}
