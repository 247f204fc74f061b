import type { Apply } from '.';
import { applySession } from '../../checkout/apply-session';
import { fetchSession } from '../../stripe/find-session';
import { fetched, idIn } from '../fetched';

/** `checkout.session.*` */
export const applySessionEvent: Apply = async ({ object }, parts) => {
  const id = idIn(object, 'id');
  if (id === undefined) return false;
  const session = fetched('Look at a checkout session', await fetchSession(id, parts.call));
  return session !== undefined && (await applySession(session, parts)) !== undefined;
};
