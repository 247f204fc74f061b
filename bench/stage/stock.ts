import path from 'node:path';
import type { StockMessage } from '../children/stock';
import type { Http } from './http';
import { environmentOf } from './larder';
import { firstMessage } from './processes';
import type { Purchase } from './shop';
import type { Stage } from './stage';

/** A Strapi with the same content types, which serves them as Strapi does. */
export interface Stock {
  readonly url: string;
  readonly pid: number;
  readonly token: string;
  /** Resolves when the adapter has written the end of this purchase. */
  ended(id: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startStock(stage: Stage, databaseUrl: string, vendronUrl: string): Promise<Stock> {
  const script = path.join(stage.project, 'bench', 'children', 'stock.ts');
  const child = stage.processes.startChild(script, [vendronUrl], {
    ...environmentOf(databaseUrl),
    VENDRON_WS_URL: vendronUrl,
  });
  const { url, token } = await firstMessage<Extract<StockMessage, { url: string }>>(child);
  const ended = new Set<string>();
  const waiting = new Map<string, () => void>();
  child.process.on('message', (message: StockMessage) => {
    if (!('ended' in message)) return;
    const tell = waiting.get(message.ended);
    waiting.delete(message.ended);
    if (tell) tell();
    else ended.add(message.ended);
  });
  return {
    url,
    pid: child.pid,
    token,
    stop: child.stop,
    ended: (id) => (ended.delete(id) ? Promise.resolve() : new Promise((resolve) => waiting.set(id, resolve))),
  };
}

/** Buys through the adapter. */
export function buyByAdapter(http: Http, stock: Stock): Purchase {
  return async (machine, customer) => {
    const startedAt = performance.now();
    const { status, body, ms } = await http.post('/api/adapter/open', { machine, customer });
    if (status !== 200) throw new Error(`The adapter answered ${status}: ${JSON.stringify(body)}`);
    await stock.ended((body as { id: string }).id);
    return { openMs: ms, totalMs: performance.now() - startedAt };
  };
}
