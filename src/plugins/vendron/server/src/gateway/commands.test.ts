import { createCommandWriter } from './commands';
import { TOKEN } from './fakes.test.support';
import { createScrubber } from './scrub';

const writer = createCommandWriter(TOKEN, createScrubber(TOKEN));
const address = { vendorId: 'M1', ref: 't-133' };
const order = { amount: 2500, currency: 'EUR', detail: 'transaction:133' };

test('the state check', () => {
  const { text, record } = writer.stateCheck(address);
  expect(JSON.parse(text)).toEqual({
    command: 'check_machine_state',
    command_data: { public_api_token: TOKEN, machine_uid: 'M1' },
    ref: 't-133',
  });
  expect(record).toEqual({
    kind: 'command',
    name: 'check_machine_state',
    outcome: 'sent',
    message: null,
    data: { command: 'check_machine_state', command_data: { machine_uid: 'M1' }, ref: 't-133' },
  });
});

test('the request carries the ceiling, and its record does not carry the token', () => {
  const { text, record } = writer.request(address, { ...order, detail: `transaction:133 ${TOKEN}\0` });
  expect(JSON.parse(text).command_data).toMatchObject({
    payment_name: 'STRIPE',
    currency: 'EUR',
    total_amount: '25',
    notification_url: '',
  });
  expect(JSON.stringify(record)).not.toContain(TOKEN);
  expect(JSON.stringify(record)).not.toContain('public_api_token');
  expect(JSON.stringify(record)).not.toContain('\\u0000');
});

test('the door command names the session', () => {
  const { text } = writer.doorOpen(address, { ...order, session: 's-1' });
  expect(JSON.parse(text)).toMatchObject({
    command: 'smart_fridge_door_open',
    command_data: { session: 's-1', total_amount: '25' },
  });
});

test.each([
  [2500, 'EUR', '25'],
  [2550, 'EUR', '25.50'],
  [5, 'EUR', '0.05'],
  [0, 'EUR', '0'],
  [500, 'JPY', '500'],
  [1_000_000_000, 'EUR', '10000000'],
])('%i minor units of %s are written %s', (amount, currency, written) => {
  const { text } = writer.request(address, { ...order, amount, currency });
  expect(JSON.parse(text).command_data.total_amount).toBe(written);
});

test.each([-1, 1.5, NaN, Infinity])('%p is no amount', (amount) => {
  expect(() => writer.request(address, { ...order, amount })).toThrow(RangeError);
});
