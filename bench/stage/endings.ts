/**
 * Who waits for the end of a purchase, told by the database's own notification of each change: that costs Larder nothing
 * more, and comes once the end is committed.
 */
import { Client } from 'pg';

export interface Endings {
  /** The state in which this purchase ended. Rejects where it takes too long. */
  of(id: string): Promise<string>;
  close(): Promise<void>;
}

/** As Larder names it; the payload is `documentId state fence revision`. */
const CHANNEL = 'larder_purchase';
const OVER = new Set(['completed', 'empty', 'review', 'refused', 'expired']);
const PATIENCE_MS = 30_000;

export async function watchEndings(databaseUrl: string): Promise<Endings> {
  const ended = new Map<string, string>();
  const waiting = new Map<string, (state: string) => void>();
  const client = new Client(databaseUrl);
  client.on('error', () => undefined); // a run that fails ends PostgreSQL under this client; whoever waits is told by time
  await client.connect();
  client.on('notification', ({ payload = '' }) => {
    const [id = '', state = ''] = payload.split(' ');
    if (!OVER.has(state)) return;
    const tell = waiting.get(id);
    if (!tell) return void ended.set(id, state);
    waiting.delete(id);
    tell(state);
  });
  await client.query(`listen ${CHANNEL}`);
  return {
    of(id) {
      const known = ended.get(id);
      if (known !== undefined) {
        ended.delete(id);
        return Promise.resolve(known);
      }
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`Purchase ${id} did not end.`)), PATIENCE_MS);
        waiting.set(id, (state) => {
          clearTimeout(timer);
          resolve(state);
        });
      });
    },
    close: () => client.end(),
  };
}
