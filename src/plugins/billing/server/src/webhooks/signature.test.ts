import Stripe from 'stripe';
import { readSigned, signedAtOf } from './signature';

const SECRET = 'whsec_test';
const { webhooks } = new Stripe('sk_test_x');
const event = {
  id: 'evt_1',
  object: 'event',
  type: 'payment_intent.succeeded',
  created: 1_800_000_000,
  livemode: false,
  api_version: null,
  data: { object: { id: 'pi_1' } },
};
const body = JSON.stringify(event);
const headerOf = (payload: string, timestamp = 1_800_000_000) =>
  webhooks.generateTestHeaderString({ payload, secret: SECRET, timestamp });
const read = (payload: string | Buffer, header: string | undefined) =>
  readSigned(Buffer.from(payload), header, SECRET, webhooks);

test('what Stripe signed is read, whatever its time', () => {
  expect(read(body, headerOf(body))).toMatchObject({
    kind: 'signed',
    signedAt: 1_800_000_000,
    event: { id: 'evt_1', payload: event },
  });
  expect(read(body, headerOf(body, 5))).toMatchObject({ kind: 'signed', signedAt: 5 });
});

test.each([
  ['other bytes of the same meaning', JSON.stringify(event, null, 2), headerOf(body)],
  ['no header', body, undefined],
  ['another time than was signed', body, headerOf(body).replace('t=1800000000', 't=1800000001')],
  ['not an event', '{}', headerOf('{}')],
  ['a thin event', '{"object":"v2.core.event"}', headerOf('{"object":"v2.core.event"}')],
  [
    'an id of another kind',
    JSON.stringify({ ...event, id: 'pi_1' }),
    headerOf(JSON.stringify({ ...event, id: 'pi_1' })),
  ],
])('%s is not', (_, payload, header) => {
  expect(read(payload, header)).toEqual({ kind: 'unsigned' });
});

test.each([
  ['t=12,v1=ab', 12],
  ['t=1,t=2,v1=ab', 2], // the package signs over the last one
  ['v1=ab', null],
  ['t=soon,v1=ab', null],
  ['t=-5,v1=ab', null],
  ['t=12abc,v1=ab', null],
])('the time of %p is %p', (header, time) => {
  expect(signedAtOf(header)).toBe(time);
});
