import Stripe from 'stripe';
import type { Cause } from './account';
import { newId } from './ids';

export type EventObject =
  | Stripe.PaymentIntent
  | Stripe.Charge
  | Stripe.Refund
  | Stripe.Customer
  | Stripe.PaymentMethod
  | Stripe.SetupIntent
  | Stripe.Checkout.Session
  | Stripe.Invoice
  | Stripe.InvoicePayment
  | Stripe.Dispute;

/** An event holds its object as it was: later changes do not reach it. */
export function newEvent(type: Stripe.Event['type'], object: EventObject, created: number, cause: Cause): Stripe.Event {
  return {
    id: newId('evt'),
    object: 'event',
    api_version: Stripe.API_VERSION,
    created,
    data: { object: structuredClone(object) },
    livemode: false,
    pending_webhooks: 1,
    request: { id: cause?.requestId ?? null, idempotency_key: cause?.idempotencyKey ?? null },
    type,
    // The union of all event types cannot be built from a type that is only known while running.
  } as Stripe.Event;
}
