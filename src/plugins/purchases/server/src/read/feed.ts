import type { Notifications } from '../../../../../shared/sql';
import { PURCHASE_CHANNEL } from '../store/journal-statement';

/** Tells whoever follows a purchase that it changed, on whichever instance that happened. */
export interface PurchaseFeed {
  /** Calls `onChange` after each change, and whenever one may have been missed. Returns the way out. */
  follow(documentId: string, onChange: () => void): () => void;
  stop(): void;
}

export function createPurchaseFeed(notifications: Notifications): PurchaseFeed {
  const followers = new Map<string, Set<() => void>>();
  const stop = notifications.subscribe(
    PURCHASE_CHANNEL,
    (payload) => followers.get(payload.slice(0, payload.indexOf(' ')))?.forEach((tell) => tell()),
    () => followers.forEach((group) => group.forEach((tell) => tell())),
  );
  return {
    follow(documentId, onChange) {
      const group = followers.get(documentId) ?? new Set();
      followers.set(documentId, group.add(onChange));
      return () => {
        group.delete(onChange);
        if (group.size === 0 && followers.get(documentId) === group) followers.delete(documentId);
      };
    },
    stop,
  };
}
