/**
 * Notifications between instances over PostgreSQL's LISTEN/NOTIFY, on one connection that is made again when it breaks.
 * Notifications sent meanwhile are lost: subscribers are told of the gap and look for themselves.
 */
import { Client } from 'pg';

export type NotificationHandler = (payload: string) => void;

export interface Notifications {
  /** Calls `onNotify` for each notification and `onGap` whenever some may have been missed. Returns the way out. */
  subscribe(channel: string, onNotify: NotificationHandler, onGap?: () => void): () => void;
  start(): void;
  stop(): Promise<void>;
}

interface Subscription {
  readonly channel: string;
  readonly onNotify: NotificationHandler;
  readonly onGap: (() => void) | undefined;
}

const RETRY_MS = 1000;

export function createNotifications(url: string, warn: (message: string) => void): Notifications {
  const subscriptions = new Set<Subscription>();
  let client: Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let isStopped = true;

  const channels = () => new Set([...subscriptions].map((subscription) => subscription.channel));
  const listen = (to: Client, channel: string) => to.query(`listen "${channel}"`);

  const connect = async () => {
    const next = new Client({
      connectionString: url,
      application_name: 'larder-listen',
      keepAlive: true,
      connectionTimeoutMillis: 3000,
    });
    const lost = () => {
      if (client === next) client = undefined;
      next.removeAllListeners('notification');
      if (!isStopped && !retry) retry = setTimeout(reconnect, RETRY_MS);
    };
    next.on('error', lost);
    next.on('end', lost);
    next.on('notification', ({ channel, payload }) => {
      for (const subscription of subscriptions)
        if (subscription.channel === channel) subscription.onNotify(payload ?? '');
    });
    await next.connect();
    for (const channel of channels()) await listen(next, channel);
    if (isStopped) return void (await next.end());
    client = next;
    for (const subscription of subscriptions) subscription.onGap?.();
  };
  const reconnect = () => {
    retry = undefined;
    connect().catch((error: Error) => {
      warn(`Notifications are away, trying again: ${error.message}`);
      if (!isStopped && !retry) retry = setTimeout(reconnect, RETRY_MS);
    });
  };

  return {
    subscribe(channel, onNotify, onGap) {
      const subscription = { channel, onNotify, onGap };
      const isNew = !channels().has(channel);
      subscriptions.add(subscription);
      if (isNew && client) listen(client, channel).catch(() => undefined); // a broken client reconnects and listens to all
      return () => subscriptions.delete(subscription);
    },
    start() {
      if (!isStopped) return;
      isStopped = false;
      reconnect();
    },
    async stop() {
      isStopped = true;
      clearTimeout(retry);
      retry = undefined;
      const last = client;
      client = undefined;
      await last?.end().catch(() => undefined);
    },
  };
}
