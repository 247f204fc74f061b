import type { Apply } from '.';
import { fetched, idIn } from '../fetched';
import { applyIntent } from './intent';

/** `payment_intent.*` */
export const applyIntentEvent: Apply = async ({ object }, parts) => {
  const id = idIn(object, 'id');
  return id !== undefined && applyIntent(id, parts);
};

/** `charge.*`: a charge says nothing that its intent does not say better. */
export const applyChargeEvent: Apply = async ({ object }, parts) => {
  const id = idIn(object, 'id');
  if (id === undefined) return false;
  const charge = fetched('Look at a charge', await parts.call((stripe) => stripe.charges.retrieve(id)));
  const intent = charge && idIn({ intent: charge.payment_intent }, 'intent');
  return intent !== undefined && applyIntent(intent, parts);
};
