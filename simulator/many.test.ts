import { NAMES } from './testing/client';
import { stage } from './testing/stage';

test('a thousand doors stand open at once, each on its own line, and none is lost', async () => {
  const { simulator, connect } = await stage({ machines: 1_000 });
  const uids = simulator.machines().map(({ uid }) => uid);
  const clients = await Promise.all(
    uids.map(async (uid) => {
      const client = await connect();
      await client.open(uid);
      return client;
    }),
  );
  expect(simulator.machines().every(({ state }) => state === 'open')).toBe(true);
  expect(simulator.connections()).toBe(1_001);
  for (const uid of uids) {
    simulator.customer(uid).take('1001');
    simulator.customer(uid).close();
  }
  const totals = await Promise.all(clients.map(async (client) => (await client.next(NAMES.completed)).json.data));
  expect(totals.every((data) => data?.transaction_total === 6.5)).toBe(true);
}, 30_000);
