import { NAMES } from '../testing/client';
import { stage } from '../testing/stage';

async function bought(seed: number): Promise<string[][]> {
  const { simulator, client } = await stage({ seed, autoplay: true });
  const baskets: string[][] = [];
  for (let i = 0; i < 6; i += 1) {
    await client.open('M1');
    await client.next(NAMES.completed);
    baskets.push(simulator.machine('M1').last?.basket ?? []);
  }
  return baskets;
}

test('a customer comes by himself, and the same seed buys the same', async () => {
  const first = await bought(7);
  expect(await bought(7)).toEqual(first);
  expect(await bought(8)).not.toEqual(first);
});

test('one to four products are taken, and one is put back at times', async () => {
  const { simulator, client } = await stage({ autoplay: { putBack: 1 } });
  for (let i = 0; i < 10; i += 1) {
    const before = client.heard.length;
    await client.open('M1');
    await client.next(NAMES.completed);
    const lengths = client.heard.slice(before).flatMap(({ json }) => json.list?.length ?? []);
    const most = Math.max(...lengths);
    expect(most).toBeGreaterThanOrEqual(1);
    expect(most).toBeLessThanOrEqual(4);
    expect(simulator.machine('M1').last?.basket).toHaveLength(most - 1);
  }
});

test('the customer takes the time that was asked for', async () => {
  const { client } = await stage({ autoplay: { take: [1, 1], putBack: 0, stepMs: [20, 40], closeAfterMs: 60 } });
  const begun = Date.now();
  await client.open('M1');
  await client.next(NAMES.taken);
  const took = Date.now() - begun;
  await client.next(NAMES.completed);
  expect(took).toBeGreaterThanOrEqual(18);
  expect(Date.now() - begun).toBeGreaterThanOrEqual(75);
});

test('a door closed by hand is left alone, and so is the next customer', async () => {
  const { simulator, client } = await stage({ autoplay: { take: [1, 1], putBack: 0, stepMs: 80 } });
  await client.open('M1');
  simulator.customer('M1').close();
  await new Promise((resolve) => setTimeout(resolve, 40));
  await client.open('M1');
  const opened = Date.now();
  await client.until(() => client.names().filter((name) => name === NAMES.completed)[1]);
  expect(Date.now() - opened).toBeGreaterThanOrEqual(70);
});
