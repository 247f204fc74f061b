/** Whose card is at a fridge's reader, as Stripe knows it. */
import type { RecognisedCard } from '../../../../purchases/server/src/ports/payment-provider';
import type { BillingParts } from '../core/parts';
import { idOf } from '../stripe/intent-facts';

export async function recogniseCard(
  paymentMethodId: string,
  { call }: Pick<BillingParts, 'call'>,
): Promise<RecognisedCard> {
  const answer = await call((stripe) => stripe.paymentMethods.retrieve(paymentMethodId));
  if (answer.kind === 'invalid' || answer.kind === 'declined') return { kind: 'unusable' };
  if (answer.kind !== 'ok') return { kind: 'unavailable' };
  const { card, card_present: present, customer } = answer.value;
  const fingerprint = card?.fingerprint ?? present?.fingerprint ?? null;
  return fingerprint === null
    ? { kind: 'unusable' }
    : { kind: 'card', fingerprint, providerCustomerId: idOf(customer) };
}
