import { startFakeWebhookTarget, type FakeWebhookTarget } from '../../../../../../../tests/fakes/webhook-target';
import { createWebhookSender } from './send';

const SECRET = 'the-secret-of-the-target';
let target: FakeWebhookTarget;
beforeEach(async () => {
  target = await startFakeWebhookTarget(SECRET);
});
afterEach(() => target.close());
const sender = (changes: Partial<Parameters<typeof createWebhookSender>[0]> = {}) =>
  createWebhookSender({ url: target.url, secret: SECRET, timeoutMs: 150, publicOnly: false, ...changes });

it('posts JSON, signed over its bytes', async () => {
  expect(await sender()('{"name":"Bœuf à la crème"}')).toEqual({ kind: 'accepted' });
  expect(target.received[0]).toMatchObject({ signature: { kind: 'valid' }, body: '{"name":"Bœuf à la crème"}' });
  expect(target.received[0]?.headers['content-type']).toBe('application/json');
});

it.each([301, 302, 307, 308, 400, 410, 500])('takes %i for a refusal and asks nobody else', async (status) => {
  target.fail(status < 400 ? { kind: 'redirect', to: `${target.url}/elsewhere` } : { kind: 'status', status });
  expect((await sender()('{}')).kind).toBe('refused');
  expect(target.received).toHaveLength(1);
});

it('waits no longer than it may', async () => {
  target.fail({ kind: 'hang' });
  expect(await sender()('{}')).toEqual({ kind: 'unreachable', reason: 'no answer within 150 ms' });
});

it('leaves a target alone that cannot be reached five times in a row', async () => {
  target.fail({ kind: 'hang' });
  const send = sender({ timeoutMs: 50 });
  for (let at = 0; at < 7; at++) expect((await send('{}')).kind).toBe('unreachable');
  expect(target.received).toHaveLength(5);
});

it('asks the look-up of the socket, and connects to its answer only', async () => {
  const asked: string[] = [];
  const lookup = (host: string, options: { all?: boolean }, done: (...answer: never[]) => void) => {
    asked.push(host);
    const answer = options.all ? [null, [{ address: '127.0.0.1', family: 4 }]] : [null, '127.0.0.1', 4];
    done(...(answer as never[]));
  };
  const send = createWebhookSender(
    { url: `http://target.example:${target.port}/`, secret: SECRET, timeoutMs: 500, publicOnly: true },
    lookup,
  );
  expect(await send('{}')).toEqual({ kind: 'accepted' });
  expect(await send('{}')).toEqual({ kind: 'accepted' });
  expect(asked).toEqual(['target.example', 'target.example']);
});
