/**
 * What each kind of event leads to. An event only says where to look: the object is fetched as it is now and applied, so
 * that it matters neither in which order events come, nor how often, nor how late.
 */
import type { BillingParts } from '../../core/parts';
import { applyInvoiceEvent, applyInvoicePaymentEvent } from '../../invoices/apply-invoice';
import type { StoredEvent } from '../stored-events';
import { applyCardEvent, applyCustomerEvent } from './card';
import { applyChargeEvent, applyIntentEvent } from './charge';
import { applyDisputeEvent } from './dispute';
import { applyChargeRefundsEvent, applyRefundEvent } from './refund';
import { applySessionEvent } from './session';

/** @returns false where the event is about nothing that Larder knows of. Throws where it must be tried again. */
export type Apply = (event: StoredEvent, parts: BillingParts) => Promise<boolean>;

/** The first that fits the beginning of the type. https://docs.stripe.com/api/events/types */
const KINDS: readonly (readonly [beginning: string, apply: Apply])[] = [
  ['payment_intent.', applyIntentEvent],
  ['charge.dispute.', applyDisputeEvent],
  ['charge.refund.', applyRefundEvent],
  ['charge.refunded', applyChargeRefundsEvent],
  ['charge.', applyChargeEvent],
  ['refund.', applyRefundEvent],
  ['checkout.session.', applySessionEvent],
  ['customer.updated', applyCustomerEvent],
  ['payment_method.detached', applyCardEvent],
  ['payment_method.updated', applyCardEvent],
  ['payment_method.automatically_updated', applyCardEvent],
  ['invoice_payment.', applyInvoicePaymentEvent],
  ['invoice.', applyInvoiceEvent],
];

/** Acts on an event. @returns false where there was nothing to act on. */
export async function applyEvent(event: StoredEvent, parts: BillingParts): Promise<boolean> {
  const apply = applyOf(event.type);
  return apply ? apply(event, parts) : false;
}

/** Whether events of this type are acted on at all. */
export function isActedOn(type: string): boolean {
  return applyOf(type) !== undefined;
}

function applyOf(type: string): Apply | undefined {
  return KINDS.find(([beginning]) => type.startsWith(beginning))?.[1];
}
