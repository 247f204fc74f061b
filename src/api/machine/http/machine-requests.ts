/** What is asked of the list of machines, and what may be written on one. */
import { z } from 'zod';
import { isStorable, parse, storableText, type Parsed } from '../../../shared/http';
import { MAX_AMOUNT } from '../../../shared/money';

export const MACHINE_STATES = ['available', 'busy', 'offline', 'locked'] as const;
export type MachineListState = (typeof MACHINE_STATES)[number];

export interface MachineSearch {
  readonly text: string | undefined;
  readonly store: string | undefined;
  readonly state: MachineListState | undefined;
  readonly capability: string | undefined;
  /** Sorted by the distance from here, and no farther than `radiusKm` where that is given. */
  readonly near: { readonly latitude: number; readonly longitude: number; readonly radiusKm: number | null } | null;
  readonly retired: boolean;
  readonly page: number;
  readonly pageSize: number;
}

const latitude = z.coerce
  .number('must be a number')
  .min(-90, 'must be from -90 to 90')
  .max(90, 'must be from -90 to 90');
const longitude = z.coerce
  .number('must be a number')
  .min(-180, 'must be from -180 to 180')
  .max(180, 'must be from -180 to 180');

const query = z
  .strictObject({
    text: storableText(120).optional(),
    store: storableText(120).optional(),
    state: z.enum(MACHINE_STATES, `must be one of ${MACHINE_STATES.join(', ')}`).optional(),
    capability: storableText(60).optional(),
    latitude: latitude.optional(),
    longitude: longitude.optional(),
    radiusKm: z.coerce
      .number('must be a number')
      .gt(0, 'must be above 0')
      .max(20_100, 'must be at most 20100')
      .optional(),
    retired: z.enum(['true', 'false'], 'must be true or false').default('false'),
    page: z.coerce.number('must be a whole number').int('must be a whole number').min(1).max(100_000).default(1),
    pageSize: z.coerce.number('must be a whole number').int('must be a whole number').min(1).max(100).default(25),
  })
  .refine((given) => (given.latitude === undefined) === (given.longitude === undefined), {
    path: ['longitude'],
    message: 'goes together with latitude',
  })
  .refine((given) => given.radiusKm === undefined || given.latitude !== undefined, {
    path: ['radiusKm'],
    message: 'needs latitude and longitude',
  });

/** An unknown parameter is refused: a misspelt filter would find everything. */
export function parseMachineSearch(given: unknown): Parsed<MachineSearch> {
  const parsed = parse(query, given);
  if (!parsed.ok) return parsed;
  const { latitude: lat, longitude: long, radiusKm, retired, ...rest } = parsed.value;
  const near =
    lat === undefined || long === undefined ? null : { latitude: lat, longitude: long, radiusKm: radiusKm ?? null };
  const { text, store, state, capability, page, pageSize } = rest;
  return { ok: true, value: { text, store, state, capability, page, pageSize, near, retired: retired === 'true' } };
}

const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']);
const currencies = new Set(Intl.supportedValuesOf('currency'));
const isNumber = 'must be a number';
const isWhole = 'must be a whole number';
/** More than this about a machine belongs elsewhere. */
const PROPERTIES_BYTES = 8192;

const fields = z.strictObject({
  label: storableText(120),
  vendorId: storableText(120),
  store: storableText(120).nullable(),
  address: storableText(255).nullable(),
  latitude: z.number(isNumber).min(-90).max(90).nullable(),
  longitude: z.number(isNumber).min(-180).max(180).nullable(),
  timezone: z.string('must be a text').refine((zone) => zones.has(zone), 'must be a time zone like Europe/Paris'),
  capacity: z.number(isNumber).int(isWhole).min(0).max(100_000).nullable(),
  capabilities: z.array(storableText(60), 'must be a list of words').max(50, 'must have at most 50 words'),
  properties: z
    .record(z.string(), z.unknown(), 'must be an object')
    .refine(isStorable, 'must not contain NUL or broken characters')
    .refine(
      (given) => JSON.stringify(given).length <= PROPERTIES_BYTES,
      `must have at most ${PROPERTIES_BYTES} characters`,
    )
    .nullable(),
  temperatureMin: z.number(isNumber).min(-60).max(80).nullable(),
  temperatureMax: z.number(isNumber).min(-60).max(80).nullable(),
  humidityMax: z.number(isNumber).min(0).max(100).nullable(),
  doorOpenSeconds: z.number(isNumber).int(isWhole).min(1).max(86_400).nullable(),
  ceilingAmount: z.number(isNumber).int('must be a whole number of minor units').min(1).max(MAX_AMOUNT).nullable(),
  ceilingCurrency: z
    .string('must be a text')
    .trim()
    .toUpperCase()
    .refine((code) => currencies.has(code), 'must be an ISO 4217 currency code')
    .nullable(),
  // Of the catalogue's price: what a meal costs whoever kept somebody else's.
  theftPercent: z
    .number(isNumber)
    .int(isWhole)
    .min(100, 'must be at least 100')
    .max(1000, 'must be at most 1000')
    .nullable(),
  theftMinimumAmount: z
    .number(isNumber)
    .int('must be a whole number of minor units')
    .min(0, 'must be at least 0')
    .max(MAX_AMOUNT, `must be at most ${MAX_AMOUNT}`)
    .nullable(),
  retired: z.boolean('must be true or false'),
});

export type MachineFields = Partial<z.output<typeof fields>>;

/** A new machine: its name and Vendron's, and whatever else is known of it. */
export function parseNewMachine(body: unknown): Parsed<MachineFields> {
  return parse(fields.partial().extend({ label: fields.shape.label, vendorId: fields.shape.vendorId }), body);
}

/** What is to change; a key that is not there stays as it is, and `null` empties it. */
export function parseMachineChange(body: unknown): Parsed<MachineFields> {
  return parse(
    fields.partial().refine((given) => Object.keys(given).length > 0, 'must name what is to change'),
    body,
  );
}
