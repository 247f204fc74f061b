import type { FramedSignal } from '../../../../purchases/server/src/ports';
import { acknowledgement, failure, success, TOKEN } from './fakes.test.support';
import { PARSE_LIMIT } from './parse-frame';
import { CUT_BYTES, createScrubber } from './scrub';
import { createSignalReader } from './signals';

const read = createSignalReader(createScrubber(TOKEN));
const text = (frame: unknown): FramedSignal => read(Buffer.from(JSON.stringify(frame)), false);
const raw = (frame: string | Buffer, binary = false): FramedSignal => read(Buffer.from(frame), binary);

const A = { vpn: 'A1', unit_price: '1.60', name: 'Apple' };
const apple = { sku: 'A1', name: 'Apple', unitPrice: '1.60' };

describe('the frames of an honest purchase', () => {
  test('an acknowledgement', () => {
    const signal = text(acknowledgement('smart_fridge_request', 't-133'));
    expect(signal).toMatchObject({ kind: 'acknowledged', session: null, ref: 't-133' });
    expect(signal.record).toMatchObject({ kind: 'acknowledgement', name: 'smart_fridge_request', outcome: 'success' });
  });

  test('begun, with its session', () => {
    const data = { session: 's-1', trade_vdps_id: 'v-1', payment_name: 'STRIPE', currency: 'EUR', total_amount: '25' };
    const frame = success('smart_fridge_request_begun', { data });
    expect(text(frame)).toEqual({
      kind: 'begun',
      session: 's-1',
      ref: '1649839656',
      record: { kind: 'result', name: 'smart_fridge_request_begun', outcome: 'success', message: 'OK', data: frame },
    });
  });

  test.each([
    ['UNLOCKED in an array', [{ door_status: 'UNLOCKED' }]],
    ['OPENED in an object', { door_status: 'OPENED' }],
    ['no door status', []],
  ])('unlocked: %s', (_what, data) => {
    expect(text(success('smart_fridge_door_open_success', { data })).kind).toBe('unlocked');
  });

  test.each([{ door_status: 'LOCKED' }, [{ door_status: 'LOCKED' }]])('locked: %j', (data) => {
    const signal = text(success('smart_fridge_door_close_success', { data }));
    expect(signal).toMatchObject({ kind: 'locked', record: { kind: 'push' } });
  });

  test('a basket is the whole list, doubles included, with the prices as text', () => {
    const list = [A, A, { vpn: 7, unit_price: 2.5 }];
    const signal = text(success('smart_fridge_product_taken', { list }));
    expect(signal).toMatchObject({ kind: 'basket', items: [apple, apple, { sku: '7', name: null, unitPrice: '2.5' }] });
  });

  test('a basket that says it is empty is empty', () => {
    expect(text(success('smart_fridge_product_taken', { list: [] }))).toMatchObject({ kind: 'basket', items: [] });
  });

  test.each([
    [9.1, '9.1'],
    ['9.10', '9.10'],
    [null, null],
    ['', null],
  ])('completed with the total %j', (transaction_total, total) => {
    const data = { transaction_id: '', transaction_status: 1, transaction_total, transaction_product: [A] };
    const signal = text(success('smart_fridge_request_completed', { data }));
    expect(signal).toMatchObject({ kind: 'completed', items: [apple], total, record: { kind: 'push' } });
  });

  test('completed with nothing', () => {
    const signal = text(success('smart_fridge_request_completed', { data: [{ transaction_product: [] }] }));
    expect(signal).toMatchObject({ kind: 'completed', items: [] });
  });
});

describe('refusals', () => {
  const codes: [number, string, string][] = [
    [-1, 'invalid_parameters', 'unknown'],
    [-2, 'invalid_token', 'unknown'],
    [-3, 'unknown_machine', 'unknown'],
    [-4, 'machine_offline', 'offline'],
    [-5, 'machine_busy', 'busy'],
    [-10, 'cancelled', 'unknown'],
    [-11, 'subscription_expired', 'expired'],
    [-99, 'unknown_refusal', 'unknown'],
  ];
  test.each(codes)('%i is %s, as a number and as text', (number, code, state) => {
    for (const written of [number, String(number)]) {
      for (const status of [0, '0']) {
        const refusal = { code, vendorCode: number, message: 'No' };
        const refused = (stage: string): object => ({ kind: 'refused', stage, refusal, record: { message: 'No' } });
        expect(text(failure('smart_fridge_request_error', written, status))).toMatchObject(refused('request'));
        expect(text(failure('smart_fridge_door_open_error', written, status))).toMatchObject(refused('door'));
        const ended = text(failure('smart_fridge_request_completed', written, status));
        expect(ended).toMatchObject({ kind: 'ended', refusal });
        expect(ended.record.outcome).toBe(number === -10 ? 'cancelled' : 'refused');
        const machine = text(failure('check_machine_state_error', written, status));
        expect(machine).toMatchObject({ kind: 'machine', state, refusal });
      }
    }
  });

  // The last three are numbers, but no codes: a column of 32 bits takes none of them.
  test.each([
    [[]],
    [{}],
    [{ code: 'abc' }],
    [{ code: null }],
    [null],
    [{ code: -1.5 }],
    [{ code: '-99999999999' }],
    [{ code: 2 ** 31 }],
  ])('an unreadable refusal: %j', (error_data) => {
    const command_data = { status: 0, error_data, json_data: [] };
    const signal = text({ command: 'smart_fridge_request_error', command_data, ref: 3 });
    const refusal = { code: 'unknown_refusal', vendorCode: null, message: null };
    expect(signal).toMatchObject({ kind: 'refused', refusal, ref: null });
  });

  test('a free machine', () => {
    const signal = text(success('check_machine_state_success'));
    expect(signal).toMatchObject({ kind: 'machine', state: 'available', refusal: null, record: { kind: 'result' } });
  });

  test('"free" over a status of 0 is not taken for free', () => {
    expect(text(failure('check_machine_state_success', -5))).toMatchObject({ kind: 'machine', state: 'busy' });
  });
});

describe('noise', () => {
  const noise = (outcome: string, kind: string): object => ({ kind: 'noise', record: { kind, outcome } });

  test.each([
    ['no list', {}],
    ['a list that is null', { list: null }],
    ['a list that is an object', { list: { vpn: 'A1' } }],
    ['an entry that is no object', { list: [A, 'A1'] }],
    ['an entry without vpn', { list: [A, { unit_price: '1' }] }],
    ['an entry with an empty vpn', { list: [{ vpn: '  ' }] }],
    ['an entry with vpn true', { list: [{ vpn: true }] }],
  ])('a basket with %s is not an empty basket', (_what, json) => {
    expect(text(success('smart_fridge_product_taken', json))).toMatchObject(noise('malformed', 'push'));
    const data = { transaction_product: (json as { list?: unknown }).list };
    expect(text(success('smart_fridge_request_completed', { data }))).toMatchObject(noise('malformed', 'push'));
  });

  test.each([
    ['json_data is []', { status: 1, error_data: [], json_data: [] }],
    ['nothing in it', {}],
    ['a status of -1', { status: -1, json_data: { data: { transaction_product: [A] } } }],
    ['a status of NaN', { status: 'NaN', json_data: { data: { transaction_product: [A] } } }],
    ['command_data is []', []],
    ['command_data is null', null],
  ])('a completion where %s', (_what, command_data) => {
    const frame = { command: 'smart_fridge_request_completed', command_data };
    expect(text(frame)).toMatchObject(noise('malformed', 'push'));
  });

  test('begun without a session cannot be acted on', () => {
    expect(text(success('smart_fridge_request_begun', { data: [] }))).toMatchObject(noise('malformed', 'result'));
  });

  test.each([
    failure('smart_fridge_request_begun', -5),
    failure('smart_fridge_door_open_success', -5, '0'),
    success('smart_fridge_door_open_success', { data: { door_status: 'locked' } }),
    success('smart_fridge_door_close_success', { data: [{ door_status: 'OPENED' }] }),
    { ...failure('smart_fridge_product_taken', -1) },
    {
      command: 'smart_fridge_request_completed',
      command_data: {
        status: 0,
        error_data: { code: -10 },
        json_data: { data: { transaction_product: [A] } },
      },
    },
  ])('a frame that contradicts itself decides nothing: %j', (frame) => {
    expect(text(frame)).toMatchObject({ kind: 'noise', record: { outcome: 'contradictory' } });
  });

  test('unknown names, among them those that every object has', () => {
    for (const name of ['hello', 'constructor', '__proto__', 'toString', '']) {
      expect(text({ command: name, command_data: {} })).toMatchObject(noise('unknown_command', 'orphan'));
      expect(text({ respond: name })).toMatchObject({ kind: 'noise', record: { outcome: 'unknown_command' } });
    }
    expect(text({ command: 'x'.repeat(500) }).record.name).toHaveLength(100);
    expect(text({ command: '' }).record.name).not.toBe('');
  });

  test.each(['', '{', '[]', '[{"command":"a"}]', 'null', '12', '"text"', '{"command":7}', 'NaN', '\u0000'])(
    'not a frame: %j',
    (frame) => expect(raw(frame)).toMatchObject({ ...noise('malformed', 'orphan'), session: null, ref: null }),
  );

  test('binary, kept as base64', () => {
    const bytes = Buffer.from([0, 1, 2, 255]);
    const signal = raw(bytes, true);
    expect(signal).toMatchObject(noise('binary', 'orphan'));
    expect(signal.record.data).toEqual({ cut: bytes.toString('base64'), bytes: 4 });
  });

  test('larger than 256 KiB is cut; exactly that is read', () => {
    const around = JSON.stringify({ command: 'hello', x: '' }).length;
    expect(raw(JSON.stringify({ command: 'hello', x: 'y'.repeat(PARSE_LIMIT - around) })).record.name).toBe('hello');
    const signal = raw(JSON.stringify({ command: 'hello', x: 'y'.repeat(PARSE_LIMIT - around + 1) }));
    expect(signal).toMatchObject(noise('oversized', 'orphan'));
    const data = signal.record.data as { cut: string; bytes: number };
    expect([data.cut.length, data.bytes]).toEqual([CUT_BYTES, PARSE_LIMIT + 1]);
  });

  test('nested too deep; 32 levels are read', () => {
    const nested = (levels: number): string =>
      `{"command":"hello","x":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    expect(raw(nested(32)).record.outcome).toBe('unknown_command');
    expect(raw(nested(33)).record.outcome).toBe('too_deep');
    expect(raw(nested(100_000)).record.outcome).toBe('too_deep');
  });

  test('bytes that are not UTF-8', () => {
    expect(raw(Buffer.from([0x7b, 0xff, 0xfe, 0x7d])).record.outcome).toBe('malformed');
  });
});

describe('records can be stored and shown', () => {
  test('messages are cut, and not in the middle of a character', () => {
    const frame = success('smart_fridge_door_close_success', { message: 'x'.repeat(499) + '😀😀' });
    expect(text(frame).record.message).toBe('x'.repeat(499));
  });

  test('NULs and halves of characters go, from keys too', () => {
    const signal = raw('{"command":"hel\\u0000lo","a\\u0000b":["\\ud800x","\\udc00","😀\\u0000"],"ref":"r\\u0000"}');
    expect(signal.record.name).toBe('hello');
    expect(signal.record.data).toEqual({ command: 'hello', ab: ['x', '', '😀'], ref: 'r' });
    expect(signal.ref).toBe('r');
  });

  test.each([
    ['in a value', `{"command":"a","x":"<${TOKEN}>"}`],
    ['in a key', `{"command":"a","${TOKEN}":1}`],
    ['in the name', `{"command":"${TOKEN}"}`],
    ['escaped', `{"command":"a","x":"\\u0074${TOKEN.slice(1)}"}`],
    ['with NULs in it', `{"command":"a","x":"tok\\u0000${TOKEN.slice(3)}"}`],
    ['in what is no JSON', `{"command":"${TOKEN}`],
    ['in what is too large', `"${TOKEN}${'x'.repeat(PARSE_LIMIT)}`],
    ['over the edge of the cut', `${'x'.repeat(CUT_BYTES - 5)}${TOKEN} and more ${'x'.repeat(100)}`],
    ['again and again, and over the edge of the cut', TOKEN.repeat(10_000)],
  ])('the token is replaced %s', (_where, frame) => {
    for (const binary of [false, true]) {
      const { data, name } = raw(frame, binary).record;
      const cut = (data as { cut?: string }).cut;
      const shown = name + (binary && cut ? Buffer.from(cut, 'base64').toString() : JSON.stringify(data));
      expect(shown).not.toContain(TOKEN);
      expect(shown).not.toContain(TOKEN.slice(0, 4));
    }
  });

  test('a token of digits is found in numbers', () => {
    const digits = createSignalReader(createScrubber('123456789'));
    const { data } = digits(Buffer.from('{"command":"a","x":1234567890}'), false).record;
    expect(data).toEqual({ command: 'a', x: '[token]' });
  });

  test('a key named __proto__ stays data', () => {
    const { data } = raw('{"command":"a","__proto__":{"polluted":true}}').record;
    expect(JSON.stringify(data)).toContain('"__proto__":{"polluted":true}');
    expect((data as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
