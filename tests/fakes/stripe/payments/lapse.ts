/** What time alone does: holds lapse, sessions expire. */
import type { Account } from '../account/account';
import { cancel } from './cancel';
import { expire } from './session';
import { latestCharge } from './lookup';

export function lapse(account: Account): void {
  const now = account.time.seconds();
  for (const intent of account.intents.all()) {
    if (intent.status !== 'requires_capture') continue;
    const before = latestCharge(account, intent).payment_method_details?.card?.capture_before;
    if (before !== undefined && before <= now) cancel(account, intent, 'automatic');
  }
  for (const session of account.sessions.all()) {
    if (session.status === 'open' && session.expires_at <= now) expire(account, session);
  }
}
