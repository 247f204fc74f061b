/** Slack and the outgoing webhook behind a whole Larder: every failure is heard, every finished purchase is told. */
import { startFakeSlack, type FakeSlack } from '../fakes/slack';
import { startFakeWebhookTarget, type FakeWebhookTarget } from '../fakes/webhook-target';
import { eventually } from '../support/eventually';
import { startWorld, type World } from '../support/world';

let world: World;
let slack: FakeSlack;
let target: FakeWebhookTarget;
const SECRET = 'webhook-secret-for-tests';

beforeAll(async () => {
  slack = await startFakeSlack();
  target = await startFakeWebhookTarget(SECRET);
  world = await startWorld({
    machines: 5,
    env: {
      SLACK_BOT_TOKEN: 'xoxb-fake-token',
      SLACK_CHANNEL: '#fridges',
      SLACK_API_URL: slack.url,
      WEBHOOK_URL: target.url,
      WEBHOOK_SECRET: SECRET,
      COMPLETION_DEADLINE_S: '2',
    },
  });
});
afterAll(async () => {
  await world.stop();
  await Promise.all([slack.close(), target.close()]);
});

const heard = (pattern: RegExp) => slack.messages.filter(({ text, shown }) => pattern.test(`${text}\n${shown}`));
const told = (id: string) =>
  target.received
    .map((delivery) => ({
      ...delivery,
      json: JSON.parse(delivery.body) as { type: string; data: Record<string, unknown> },
    }))
    .filter(({ json }) => json.data.id === id);

it('posts a finished purchase, signed, with its lines', async () => {
  const id = await world.opened('M1', 'webhooked');
  world.simulator.customer('M1').take('1001');
  world.simulator.customer('M1').close();
  await eventually(() => expect(told(id)).toHaveLength(1));
  const [delivery] = told(id);
  expect(delivery?.signature.kind).toBe('valid');
  expect(delivery?.json).toMatchObject({
    type: 'purchase.completed',
    data: {
      id,
      state: 'completed',
      customerId: 'webhooked',
      totalAmount: 650,
      currency: 'EUR',
      lines: [{ sku: '1001', quantity: 1 }],
    },
  });
});

it('tells Slack of a refusal that lasts, with the machine, the customer and a link, and no e-mail', async () => {
  world.simulator.setMachine('M2', { expired: true });
  const response = await world.open('M2', 'unlucky');
  expect(response.status).toBe(502);
  await eventually(() => expect(heard(/subscription/i)).toHaveLength(1));
  const [message] = heard(/subscription/i);
  const text = `${message?.text}\n${message?.shown}\n${JSON.stringify(message?.form)}`;
  expect(text).toContain('Fridge 2');
  expect(text).toContain('unlucky');
  expect(text).toContain('/admin/content-manager/collection-types/api::transaction.transaction/');
  expect(text).not.toContain('unlucky@example.com');
  expect(text).not.toContain('vendron-token-for-tests');
});

it('tells Slack and the webhook of a review, and says when it is over', async () => {
  world.simulator.addFault({ name: 'never-complete', machine: 'M3' });
  const id = await world.opened('M3');
  world.simulator.customer('M3').take('1003');
  world.simulator.customer('M3').close();
  await world.until(id, 'review');
  await eventually(() => {
    expect(heard(/Fridge 3/)).toHaveLength(1);
    expect(told(id).map(({ json }) => json.type)).toEqual(['purchase.review']);
  });
  await eventually(async () => {
    const [incident] = await world.database.sql.rows(
      `select state, delivery, count from incidents where cause = 'purchase_review'`,
    );
    expect(incident).toEqual({ state: 'open', delivery: 'sent', count: 1 });
  });
});

it('tells of a total unlike ours and charges ours', async () => {
  world.simulator.addFault({ name: 'lying-total', machine: 'M4' });
  const id = await world.opened('M4');
  world.simulator.customer('M4').take('1004');
  world.simulator.customer('M4').close();
  expect(await world.until(id, 'completed')).toMatchObject({ totalAmount: 960 });
  await eventually(() => expect(heard(/Fridge 4/)).toHaveLength(1));
});
