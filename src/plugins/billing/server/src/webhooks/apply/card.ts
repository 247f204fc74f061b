/** The card that a customer's doors are opened with, as it changes at Stripe. */
import type { Apply } from '.';
import type { BillingParts } from '../../core/parts';
import { cardOwner, dropCard, renameCard } from '../../store/default-card';
import { keepCard } from '../../store/saved-card';
import { idOf } from '../../stripe/intent-facts';
import { withCardOf } from '../../customers/with-card';
import { fetched, idIn } from '../fetched';

/** `customer.updated`: the default card there becomes the default card here. Where there is none, ours stays. */
export const applyCustomerEvent: Apply = async ({ object }, parts) => {
  const id = idIn(object, 'id');
  const owner = id === undefined ? undefined : await cardOwner(parts.database, id);
  if (id === undefined || !owner) return false;
  return withCardOf(owner.userId, parts, () => takeOver(id, parts));
};

/** @returns false where there is no such customer any more. */
async function takeOver(stripeCustomerId: string, parts: BillingParts): Promise<boolean> {
  const customer = fetched(
    'Look at a customer',
    await parts.call((stripe) =>
      stripe.customers.retrieve(stripeCustomerId, { expand: ['invoice_settings.default_payment_method'] }),
    ),
  );
  if (!customer || customer.deleted) return false;
  const method = customer.invoice_settings.default_payment_method;
  const owner = await cardOwner(parts.database, stripeCustomerId);
  if (!owner || typeof method !== 'object' || method === null || method.id === owner.paymentMethodId) return true;
  const { brand = null, last4 = null, fingerprint = null } = method.card ?? {};
  await keepCard(parts.database, owner.userId, { paymentMethodId: method.id, brand, last4, fingerprint });
  return true;
}

/** `payment_method.detached` and `.updated` */
export const applyCardEvent: Apply = async ({ object }, parts) => {
  const id = idIn(object, 'id');
  if (id === undefined) return false;
  const method = fetched('Look at a card', await parts.call((stripe) => stripe.paymentMethods.retrieve(id)));
  if (!method || idOf(method.customer) === null) return dropCard(parts.database, id);
  const { brand = null, last4 = null, fingerprint = null } = method.card ?? {};
  return renameCard(parts.database, { paymentMethodId: id, brand, last4, fingerprint });
};
