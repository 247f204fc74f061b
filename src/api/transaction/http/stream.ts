/** A purchase as server-sent events: the whole purchase after each change, numbered by its revision. */
import { PassThrough } from 'node:stream';
import type { PurchaseFeed, PurchaseView } from '../../../plugins/purchases/server/src/services';

interface StreamContext {
  status: number;
  body: unknown;
  readonly req: { on(event: 'close', listener: () => void): unknown };
  get(field: string): string;
  set(fields: Record<string, string>): void;
}

/** A comment keeps proxies from closing a quiet stream. Milliseconds. */
const KEEP_ALIVE_MS = 15_000;

/**
 * Streams until the purchase is over or the caller leaves. A caller who comes back with a `Last-Event-ID` hears only what is
 * newer; one who has heard everything of a purchase that is over gets 204, which tells a browser not to come back.
 */
export function streamPurchase(
  ctx: StreamContext,
  first: PurchaseView,
  read: () => Promise<PurchaseView | undefined>,
  feed: PurchaseFeed,
): void {
  const lastEventId = Number.parseInt(ctx.get('last-event-id'), 10);
  let told = Number.isNaN(lastEventId) ? -1 : lastEventId;
  if (first.isOver && told >= first.revision) {
    ctx.status = 204;
    return;
  }

  const stream = new PassThrough();
  const tell = (view: PurchaseView) => {
    if (view.revision > told) {
      told = view.revision;
      stream.write(`id: ${view.revision}\nevent: purchase\ndata: ${view.json}\n\n`);
    }
    if (view.isOver) end();
  };

  let isReading = false;
  let isStale = false;
  const refresh = async () => {
    isStale = true;
    if (isReading) return;
    isReading = true;
    try {
      while (isStale && !stream.writableEnded) {
        isStale = false;
        const view = await read();
        if (view && !stream.writableEnded) tell(view);
      }
    } catch {
      end(); // the caller comes back with its Last-Event-ID and misses nothing
    } finally {
      isReading = false;
    }
  };

  const keepAlive = setInterval(() => stream.write(': still here\n\n'), KEEP_ALIVE_MS);
  const unfollow = feed.follow(first.documentId, () => void refresh());
  function end() {
    clearInterval(keepAlive);
    unfollow();
    if (!stream.writableEnded) stream.end();
  }
  ctx.req.on('close', end);

  ctx.status = 200;
  ctx.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
  ctx.body = stream;
  stream.write('retry: 2000\n\n');
  tell(first);
  // A change between the first read and now would otherwise be missed.
  if (!first.isOver) void refresh();
}
