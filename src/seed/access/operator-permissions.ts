import type { Core } from '@strapi/strapi';
import { DEBT_DECIDE, PAYMENT_DECIDE, REFUND_CREATE } from '../../plugins/billing/server/src/admin/routes';
import { DEVICE_MANAGE, SALES_DECIDE } from '../../plugins/telemetry/server/src/admin/routes';
import { LOT_DECIDE } from '../../plugins/meals/server/src/admin/routes';
import { SETTLE_REVIEW } from '../../plugins/purchases/server/src/admin/routes';

/** A permission of an administrator's role, as Strapi's admin service takes it. */
export interface Permission {
  readonly action: string;
  readonly subject: string | null;
  readonly properties: { readonly fields?: readonly string[] };
  readonly conditions: readonly string[];
}

const READABLE = [
  'api::machine.machine',
  'api::product.product',
  'api::transaction.transaction',
  'api::transaction.line',
  'api::event.event',
  'api::incident.incident',
  'api::payment.payment',
  'api::refund.refund',
  'api::debt.debt',
  'api::checkout.checkout',
  'api::invoice.invoice',
  'api::ledger-entry.ledger-entry',
  'api::stripe-event.stripe-event',
  'api::meal.meal',
  'api::lot.lot',
  'api::restock.restock',
  'api::stock-movement.stock-movement',
  'api::expert.expert',
  'api::badge.badge',
  'api::plan.plan',
  'api::referral.referral',
  'api::referral-code.referral-code',
  'api::subscription.subscription',
  'api::threshold-profile.threshold-profile',
  'plugin::users-permissions.user',
] as const;

const EDITABLE = [
  'api::machine.machine',
  'api::product.product',
  'api::threshold-profile.threshold-profile',
  'api::plan.plan',
  'api::referral-code.referral-code',
  'api::expert.expert',
  'api::badge.badge',
] as const;

/** Never shown to an operator. Who may log in how is no business of theirs, and a token in a column is a way in. */
const SECRET: Readonly<Record<string, readonly string[]>> = {
  'plugin::users-permissions.user': [
    'password',
    'resetPasswordToken',
    'confirmationToken',
    'provider',
    'role',
    'cardFingerprint',
  ],
  // As Stripe sent it: more about a customer than anybody at a fridge needs.
  'api::stripe-event.stripe-event': ['payload'],
};

/** What Larder alone writes on a type that operators edit. `transactions` would let them move purchases about. */
const FACTS: Readonly<Record<string, readonly string[]>> = {
  'api::machine.machine': [
    'online',
    'door',
    'lastSeenAt',
    'lastTemperature',
    'lastHumidity',
    'lastReadingAt',
    // Locked and unlocked with a reason, not by a switch.
    'salesLocked',
    'salesLockCause',
    'salesLockedReason',
    'transactions',
  ],
  'api::threshold-profile.threshold-profile': ['machines'],
};

/** What is decided about money in the panel. */
const MONEY = [REFUND_CREATE, DEBT_DECIDE, PAYMENT_DECIDE];

/** The key of a fridge's device, and whether the fridge sells. */
const FRIDGE = [DEVICE_MANAGE, SALES_DECIDE, LOT_DECIDE];

/** A picture of a product comes out of the media library. */
const MEDIA = ['read', 'assets.create', 'assets.update', 'assets.download', 'assets.copy-link'];

/**
 * All that an operator may do: read everything of ours, create and edit machines and products, choose pictures, decide
 * purchases under review, give money back, decide debts and payments under review.
 */
export function operatorPermissions(strapi: Core.Strapi): Permission[] {
  return [
    ...READABLE.map((uid) => permission('read', uid, fieldsOf(strapi, uid, SECRET[uid]))),
    ...EDITABLE.flatMap((uid) => {
      const fields = fieldsOf(strapi, uid, FACTS[uid]);
      return [permission('create', uid, fields), permission('update', uid, fields)];
    }),
    ...[...MEDIA.map((action) => `plugin::upload.${action}`), SETTLE_REVIEW, ...MONEY, ...FRIDGE].map((action) => ({
      action,
      subject: null,
      properties: {},
      conditions: [],
    })),
  ];
}

function permission(verb: string, subject: string, fields: readonly string[]): Permission {
  return { action: `plugin::content-manager.explorer.${verb}`, subject, properties: { fields }, conditions: [] };
}

function fieldsOf(strapi: Core.Strapi, uid: (typeof READABLE)[number], without: readonly string[] = []): string[] {
  const service = strapi.service('admin::content-type') as unknown as {
    getNestedFields(model: unknown, options: Record<string, never>): string[];
  };
  return service.getNestedFields(strapi.contentType(uid), {}).filter((field) => !without.includes(field));
}
