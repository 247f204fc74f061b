import type { Sql } from '../sql';
import { createQueue, UnknownQueue } from './queue';

/** The texts of what was sent to the database. */
const sent: string[] = [];
const sql: Sql = {
  rows: async (statement) => {
    sent.push(typeof statement === 'string' ? statement : statement.text);
    return [];
  },
};
const OPTIONS = { retryLimit: 1, retryDelaySeconds: 1, expireSeconds: 10 };
/** Never started: sending needs nothing but the `sql` it is given. */
const queue = createQueue('postgres://nobody@127.0.0.1:9/none', () => undefined);
queue.handle('ours', OPTIONS, async () => undefined);
queue.declare(['theirs']);

beforeEach(() => void (sent.length = 0));

it.each(['ours', 'theirs'])('sends to a queue that was named: %s, in one statement', async (name) => {
  await queue.send(sql, [{ queue: name, data: {} }]);
  expect(sent).toEqual([expect.stringMatching(/insert into/i)]);
});

it('refuses a job for a queue that nobody named, and sends nothing of what goes with it', async () => {
  const jobs = [
    { queue: 'ours', data: {} },
    { queue: 'our', data: {} },
  ];
  const refused = queue.send(sql, jobs);
  await expect(refused).rejects.toThrow(UnknownQueue);
  await expect(refused).rejects.toMatchObject({ code: 'unknown_queue', message: expect.stringContaining('"our"') });
  expect(sent).toEqual([]);
});

it('wakes its workers when the transaction has committed, not before', async () => {
  const afterwards: (() => void)[] = [];
  const transaction: Sql = { ...sql, afterCommit: (work) => void afterwards.push(work) };
  await queue.send(transaction, [{ queue: 'ours', data: {} }]);
  expect(afterwards).toHaveLength(1);
});
