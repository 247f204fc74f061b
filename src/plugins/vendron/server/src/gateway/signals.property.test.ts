/** Whatever comes over the wire is read without a throw, and without what must not be stored. */
import fc from 'fast-check';
import type { FramedSignal } from '../../../../purchases/server/src/ports';
import { TOKEN } from './fakes.test.support';
import { createScrubber } from './scrub';
import { createSignalReader } from './signals';

const read = createSignalReader(createScrubber(TOKEN));
const raw = (frame: string | Buffer, binary = false): FramedSignal => read(Buffer.from(frame), binary);

describe('whatever comes', () => {
  const spice = fc.constantFrom(TOKEN, '\u0000', '\ud800', '\udc00', `a${TOKEN}\u0000b`, 'status', '0', '-10');
  const names = fc.constantFrom(
    'check_machine_state_success',
    'check_machine_state_error',
    'smart_fridge_request_begun',
    'smart_fridge_request_error',
    'smart_fridge_door_open_success',
    'smart_fridge_product_taken',
    'smart_fridge_door_close_success',
    'smart_fridge_request_completed',
  );
  const any = fc.anything({
    key: fc.oneof(fc.string(), spice),
    values: [fc.string(), spice, fc.double(), fc.integer()],
  });
  const part = fc.oneof(any, fc.array(any), fc.constant([]));
  const framed = fc.record(
    {
      command: fc.oneof(names, any),
      respond: fc.oneof(fc.constant('smart_fridge_request'), any),
      ref: any,
      command_data: fc.oneof(
        any,
        fc.record(
          {
            status: fc.oneof(fc.constantFrom(0, 1, '0', '1', -1, null), any),
            error_data: fc.oneof(part, fc.record({ code: part, message: part }, { requiredKeys: [] })),
            json_data: fc.oneof(
              part,
              fc.record({ message: part, list: part, session: part, data: part }, { requiredKeys: [] }),
              fc.record({ data: fc.record({ transaction_product: part, transaction_total: part, session: part }) }),
            ),
          },
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: [] },
  );

  /** Every text and key within a value. */
  function textsIn(value: unknown): string[] {
    if (typeof value !== 'object' || value === null) return [String(value)];
    return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
  }

  function check(signal: FramedSignal): void {
    const { record, session } = signal;
    const shown = textsIn(signal).join('\n');
    expect(shown).not.toContain(TOKEN);
    expect(shown).not.toMatch(/[\0\p{Surrogate}]/u);
    expect(record.name.length).toBeGreaterThan(0);
    expect(record.name.length).toBeLessThanOrEqual(100);
    expect((record.message ?? '').length).toBeLessThanOrEqual(500);
    if (signal.kind === 'basket' || signal.kind === 'completed') {
      for (const item of signal.items) expect(item.sku.trim()).not.toBe('');
    }
    if (signal.kind === 'begun') expect(session).not.toBeNull();
  }

  test('any JSON is read without a throw, and without the token, NULs or half characters', () => {
    fc.assert(
      fc.property(fc.oneof(framed, any), (frame) => {
        check(raw(JSON.stringify(frame) ?? ''));
      }),
      { numRuns: 2000 },
    );
  });

  test('any bytes, the token among them', () => {
    const pieces = fc.oneof(
      fc.uint8Array({ maxLength: 50 }),
      fc.constant(Buffer.from(TOKEN)),
      fc.constant(Buffer.from('{"')),
    );
    fc.assert(
      fc.property(fc.array(pieces), fc.boolean(), (parts, binary) => check(raw(Buffer.concat(parts), binary))),
      { numRuns: 2000 },
    );
  });
});
