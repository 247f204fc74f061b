import { Client } from 'pg';
import { startLarder } from './larder';

/** Boots Larder on an empty database and stops it, so that tests copy the result instead of booting on nothing. */
export async function bootOnce(databaseUrl: string): Promise<void> {
  const larder = await startLarder({ databaseUrl, vendronUrl: 'ws://127.0.0.1:9/none', waitFor: 'listening' });
  await larder.stop();
  // There was no cloud to connect to, and an alert says so: not a test's business.
  const client = new Client(databaseUrl);
  await client.connect();
  await client.query('truncate pgboss.job, incidents cascade');
  await client.end();
}
