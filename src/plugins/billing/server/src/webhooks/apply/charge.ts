import type { Apply } from '.';
import { isKnownAlready, type IntentNews } from '../../store/known-intent';
import { idIn } from '../fetched';
import { applyIntent } from './intent';

/** News that is asked about only where it is news. The others always are. */
const NEWS: Readonly<Record<string, IntentNews>> = {
  'payment_intent.created': 'begun',
  'payment_intent.requires_action': 'begun',
  'payment_intent.amount_capturable_updated': 'begun',
  'charge.succeeded': 'begun',
  'payment_intent.succeeded': 'captured',
  'charge.captured': 'captured',
  'charge.updated': 'captured',
  'payment_intent.canceled': 'gone',
  'charge.expired': 'gone',
};

/** `payment_intent.*` */
export const applyIntentEvent: Apply = ({ type, object }, parts) => applyNews(type, idIn(object, 'id'), parts);

/** `charge.*`: a charge says nothing that its intent does not say better; and it never changes its intent. */
export const applyChargeEvent: Apply = ({ type, object }, parts) =>
  applyNews(type, idIn(object, 'payment_intent'), parts);

async function applyNews(type: string, intentId: string | undefined, parts: Parameters<Apply>[1]): Promise<boolean> {
  if (intentId === undefined) return false;
  const news = NEWS[type];
  if (news !== undefined && (await isKnownAlready(parts.database, intentId, news))) return true;
  return applyIntent(intentId, parts);
}
