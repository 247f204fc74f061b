import type { FieldFault } from '../../../../../shared/http';
import type { Ensured } from '../customers/ensure';
import { isEnded, type Checkout } from '../core/checkout';
import type { Front } from '../core/front';
import type { BillingParts } from '../core/parts';
import { beginCheckout, findCheckout, findCheckoutByKey } from '../store/checkouts';
import type { Person } from '../store/people';
import { applySession } from './apply-session';
import { closeOtherForms } from './close-other-forms';
import { openSession } from './open-session';
import { writeOrder, type CheckoutOrder } from './order';
import { viewOf, type CheckoutView } from './view';

export type CheckoutOutcome =
  | { readonly kind: 'checkout'; readonly view: CheckoutView }
  | { readonly kind: 'unfit'; readonly faults: readonly FieldFault[] }
  | { readonly kind: 'nothing_owed' }
  | { readonly kind: 'idempotency_conflict' }
  /** Stripe says that the request makes no sense; `code` is Stripe's word. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'unavailable'; readonly message: string };

export interface CheckoutMakers {
  readonly parts: BillingParts;
  readonly front: Front;
  readonly ensureCustomer: (person: Person) => Promise<Ensured>;
}

/** A checkout and its form at Stripe. Asked again with the same key it is the same one, also after it has ended. */
export async function startCheckout(
  order: CheckoutOrder,
  person: Person,
  makers: CheckoutMakers,
): Promise<CheckoutOutcome> {
  const { database } = makers.parts;
  const standing = order.idempotencyKey === null ? undefined : await findCheckoutByKey(database, order.idempotencyKey);
  if (standing) return goOn(standing, order, person, makers);
  const written = await writeOrder(database, order, person.id);
  if (written.kind !== 'new') return written;
  return goOn(await beginCheckout(database, written.checkout), order, person, makers);
}

async function goOn(
  checkout: Checkout,
  order: CheckoutOrder,
  person: Person,
  { parts, front, ensureCustomer }: CheckoutMakers,
): Promise<CheckoutOutcome> {
  if (checkout.requestHash !== order.requestHash) return { kind: 'idempotency_conflict' };
  if (isEnded(checkout.state)) return { kind: 'checkout', view: viewOf(checkout, null, front) };
  const customer = await ensureCustomer(person);
  if (customer.kind !== 'customer') return { kind: 'unavailable', message: customer.message };
  if (checkout.purpose === 'debt') await closeOtherForms(checkout, parts);
  const opened = await openSession(checkout, customer.stripeCustomerId, parts, front);
  if (opened.kind === 'invalid') return { kind: 'refused', code: opened.code, message: opened.message };
  if (opened.kind !== 'session') return { kind: 'unavailable', message: opened.message };
  await applySession(opened.session, parts);
  const current = (await findCheckout(parts.database, checkout.documentId)) ?? checkout;
  return { kind: 'checkout', view: viewOf(current, opened.session, front) };
}
