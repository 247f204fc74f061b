import { useState } from 'react';
import { useLotQuery } from './lot-api';

/** Refunds are jobs: for a minute after a recall, or after the page was opened, it is looked how far they are. */
const LOOK_MS = 2000;
const WATCH_MS = 60_000;

/** A lot as the server has it. */
export function useLot(id: string) {
  const [watchedSince, setWatchedSince] = useState(() => Date.now());
  const [isWaiting, setWaiting] = useState(true);
  const { data, error } = useLotQuery(id, { pollingInterval: isWaiting ? LOOK_MS : 0 });
  const isOnItsWay =
    data?.state === 'recalled' &&
    data.refundsBuyers &&
    data.buyers.some(({ amount, refund }) => amount > 0 && (refund === null || refund.state === 'requested'));
  const waits = data === undefined || (isOnItsWay && Date.now() - watchedSince < WATCH_MS);
  if (waits !== isWaiting) setWaiting(waits);
  return { lot: data, error, watch: () => setWatchedSince(Date.now()) };
}
