import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { stage, type Stage } from '../testing/stage';

const secret = 'whsec_test';
let it_: Stage;
let receiver: Server;
let answers: number[];
let received: { body: string; signature: string }[];

beforeEach(async () => {
  received = [];
  answers = [];
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const signature = String(request.headers['stripe-signature']);
      received.push({ body: Buffer.concat(chunks).toString('utf8'), signature });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  it_ = await stage({ webhook: { secret } });
  it_.fake.webhooks.setUrl(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`);
});
afterEach(async () => {
  await it_.fake.stop();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

const newCustomer = (email: string) => it_.stripe.customers.create({ email });
const emails = () => received.map(({ body }) => JSON.parse(body).data.object.email);
const verify = ({ body, signature }: { body: string; signature: string }) =>
  it_.stripe.webhooks.constructEvent(body, signature, secret);

test('an event is signed as the package wants it, and holds its object as it was', async () => {
  const { id } = await newCustomer('a@example.com');
  await it_.fake.webhooks.settled();
  await it_.stripe.customers.update(id, { email: 'later@example.com' });
  await it_.fake.webhooks.settled();
  const events = received.map(verify).sort((a, b) => a.type.localeCompare(b.type));
  expect(events.map(({ type }) => type)).toEqual(['customer.created', 'customer.updated']);
  expect(events[0]?.data.object).toMatchObject({ id, email: 'a@example.com' });
  expect(events[0]?.request?.id).toMatch(/^req_/);
  const [listed] = (await it_.stripe.events.list({ type: 'customer.created' })).data;
  expect(listed).toEqual(events[0]);
});

test('what is not answered with 2xx comes again', async () => {
  answers = [500, 503];
  await newCustomer('a@example.com');
  await it_.fake.webhooks.settled();
  expect(it_.fake.webhooks.deliveries.map(({ attempt, status }) => [attempt, status])).toEqual([
    [1, 500],
    [2, 503],
    [3, 200],
  ]);
});

test('a forged, stale or changed event does not verify', async () => {
  await newCustomer('a@example.com');
  await it_.fake.webhooks.settled();
  const [event] = it_.fake.events();
  received = [];
  const longAgo = Math.floor(Date.now() / 1000) - 3600;
  const id = String(event?.id);
  await it_.fake.webhooks.deliver(id, { secret: 'whsec_other' });
  await it_.fake.webhooks.deliver(id, { timestamp: longAgo });
  await it_.fake.webhooks.deliver(id, { tamper: (body) => body.replace('a@example.com', 'b@example.com') });
  await it_.fake.webhooks.deliver(id, { signature: null });
  expect(received).toHaveLength(4);
  for (const one of received) expect(() => verify(one)).toThrow(Stripe.errors.StripeSignatureVerificationError);
  expect(await it_.fake.webhooks.deliver(id, { times: 3 })).toEqual([200, 200, 200]);
  expect(received.slice(4).map((one) => verify(one).id)).toEqual([id, id, id]);
});

test('events come twice, in another order, late, or never', async () => {
  const { faults, webhooks } = it_.fake;
  faults.webhooks.duplicate(3);
  await newCustomer('thrice@example.com');
  await webhooks.settled();
  expect(emails()).toEqual(Array(3).fill('thrice@example.com'));
  faults.webhooks.clear();

  received = [];
  faults.webhooks.lose();
  await newCustomer('lost@example.com');
  faults.webhooks.reorder();
  await newCustomer('first@example.com');
  expect(received).toEqual([]);
  await newCustomer('second@example.com');
  await webhooks.settled();
  expect(emails()).toEqual(['second@example.com', 'first@example.com']);

  received = [];
  faults.webhooks.delay(300);
  await newCustomer('late@example.com');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(received).toEqual([]);
  await webhooks.settled();
  expect(emails()).toEqual(['late@example.com']);
});
