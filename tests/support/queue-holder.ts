/** A process of its own that takes the jobs of one queue and never comes to an end with them: `tsx queue-holder.ts URL QUEUE`. */
import { createQueue } from '../../src/shared/queue';

const [url = '', name = ''] = process.argv.slice(2);
const queue = createQueue(url, () => undefined);
queue.handle(name, { retryLimit: 3, retryDelaySeconds: 60, expireSeconds: 300 }, ({ id }) => {
  process.stdout.write(`${id}\n`);
  return new Promise(() => undefined);
});
void queue.prepare().then(() => queue.start());
