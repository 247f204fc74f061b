import { startFakeSlack, type FakeSlack } from '../../../../../../../tests/fakes/slack';
import { createSlackSender } from './sender';

const message = { text: 'Hello', blocks: [], unfurl_links: false, unfurl_media: false };
let slack: FakeSlack;
let now = 0;
beforeEach(async () => {
  slack = await startFakeSlack();
});
afterEach(() => slack.close());
// Long enough for a machine with other work.
const sender = (token = 'xoxb-fake-token', timeoutMs = 10_000) =>
  createSlackSender({ token, channel: 'C1', apiUrl: slack.url, timeoutMs }, () => now);

it('answers with the name of the message', async () => {
  expect(await sender().post(message)).toEqual({ kind: 'posted', ts: slack.messages[0]?.ts });
});

it('asks once: trying again is the queue’s business', async () => {
  slack.fail({ kind: 'server_error' });
  expect(await sender().post(message)).toMatchObject({ kind: 'failed' });
  expect(slack.requests).toHaveLength(1);
});

it('gives up on silence', async () => {
  slack.fail({ kind: 'silence' });
  const impatient = sender(undefined, 100);
  expect(await impatient.post(message)).toMatchObject({ kind: 'failed', reason: expect.stringContaining('timeout') });
});

it('rests as long as Slack asks for', async () => {
  const client = sender();
  slack.fail({ kind: 'rate_limited', retryAfter: 30 }, 1);
  await client.post(message);
  now += 29_000;
  expect(await client.post(message)).toEqual({ kind: 'failed', reason: 'Slack asked for 1 more seconds of rest' });
  now += 1000;
  expect(await client.post(message)).toMatchObject({ kind: 'posted' });
  expect(slack.requests).toHaveLength(2);
});

it('does not take a wrong token for an outage, and does not repeat it', async () => {
  const client = sender('xoxb-a-wrong-token');
  for (let at = 0; at < 6; at++) {
    const outcome = await client.post(message);
    expect(outcome).toMatchObject({ kind: 'failed', reason: expect.stringContaining('invalid_auth') });
    expect(JSON.stringify(outcome)).not.toContain('wrong-token');
  }
  expect(slack.requests).toHaveLength(6);
});
