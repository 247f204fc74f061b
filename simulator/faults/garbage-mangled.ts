import type { Outgoing } from '../wire/frames';
import { linesIn } from '../wire/lines';

/** Frames that are almost right. */
export const MANGLED = [
  'empty-array',
  'missing-data',
  'missing-list',
  'null-list',
  'comma-price',
  'negative-price',
  'nan-price',
  'number-price',
  'nul-name',
] as const;
type Mangled = (typeof MANGLED)[number];

const LINE = { vpn: '1001', unit_price: '1.60', name: 'Yoghurt' };

/** The bytes of an honest frame with one thing wrong. A frame without lines lends its place to a basket of one. */
export function mangle(kind: Mangled, honest: Outgoing): string {
  if (kind === 'empty-array') return rewrite(honest, (key, value) => (key === 'json_data' ? [] : value));
  if (kind === 'missing-data')
    return rewrite(honest, (key, value) => (key === 'data' || key === 'list' ? undefined : value));
  const frame = linesIn(honest)?.length ? honest : basket(honest);
  return rewrite(frame, (key, value) => {
    if (key === 'list' || key === 'transaction_product') {
      if (kind === 'missing-list') return undefined;
      if (kind === 'null-list') return null;
    }
    if (key === 'unit_price' && kind in PRICES) return PRICES[kind];
    // PostgreSQL takes this character neither in text nor in jsonb.
    if (key === 'name' && kind === 'nul-name') return 'Yog\u0000hurt';
    return value;
  });
}

const PRICES: Partial<Record<Mangled, unknown>> = {
  'comma-price': '1,60',
  'negative-price': '-1',
  'nan-price': 'NaN',
  'number-price': 1.6,
};

function basket({ body }: Outgoing): Outgoing {
  const json_data = { code: 1, message: '', list: [LINE] };
  const command_data = { status: 1, error_data: [] as [], json_data };
  return { kind: 'taken', body: { command: 'smart_fridge_product_taken', command_data, ref: body.ref } };
}

function rewrite({ body }: Outgoing, change: (key: string, value: unknown) => unknown): string {
  return JSON.stringify(body, change);
}
