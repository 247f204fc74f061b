import { z } from 'zod';
import { DEFAULT_PRODUCTS, productSchema, type ProductSpec } from './catalogue';
import { autoplaySchema, type AutoplaySpec } from './cloud/autoplay';
import { deviceSchema, type DeviceSpec } from './fridge/device';
import { stockSchema, type StockSpec } from './fridge/meal';
import { machineSchema, type MachineSpec } from './cloud/machine';
import type { FaultSpec } from './faults/registry';
import { fieldOf, wordsOf } from './issue';
import type { LogLine } from './journal';

/** Everything about a simulator that can be chosen. All of it has a default. */
export interface SimulatorOptions {
  /** Default 127.0.0.1. */
  host?: string;
  /** Default 0: any free port. */
  port?: number;
  /** How many (3: M1, M2, M3), or which. Default 3. */
  machines?: number | MachineSpec[];
  /** The catalogue. Default: eight meals. */
  products?: ProductSpec[];
  /** Where set, a command with another token is answered with -2. */
  token?: string;
  /** For faults and autoplay: the same seed gives the same run. Default 1. */
  seed?: number;
  faults?: FaultSpec[];
  /** A customer at every door; `true` for the usual one. Default none. */
  autoplay?: AutoplaySpec | boolean;
  /** Called with every line of the log. Default: silence. */
  log?: (line: LogLine) => void;
  /** Milliseconds until a request whose door is not opened is forgotten. Default 60,000. */
  requestTtlMs?: number;
  /** Whether frames that could not be delivered wait for the next state check. Default on-check. */
  resume?: 'on-check' | 'never';
  /** Whether commands and frames are kept for `commands()`, `sent()` and the page's log. Default true. */
  record?: boolean;
  /**
   * The meals on the shelves, each with its barcode: so many of each product, a list, or what Larder's
   * books have there (for machines with a device). Default: bottomless shelves without barcodes.
   */
  stock?: StockSpec | 'larder';
  /** Where Larder is, and the device key of each machine that has a device. Default: no machine has one. */
  larder?: { url: string; keys: Record<string, string> };
  /** How often devices measure and say that they live, and what their readers hold. */
  device?: DeviceSpec;
}

const settingsSchema = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: z.number().int().min(0).max(65_535).default(0),
  machines: z
    .union([z.number().int().min(1).max(100_000), z.array(machineSchema).min(1)])
    .default(3)
    .transform((given) => (typeof given === 'number' ? numbered(given) : given))
    .refine((all) => new Set(all.map(({ uid }) => uid)).size === all.length, 'must not name a machine twice'),
  products: z
    .array(productSchema)
    .min(1)
    .default([...DEFAULT_PRODUCTS]),
  token: z.string().optional(),
  seed: z.number().int().default(1),
  faults: z.array(z.custom<FaultSpec>()).default([]),
  autoplay: z
    .union([z.boolean(), autoplaySchema])
    .default(false)
    .transform((given) => (given === true ? autoplaySchema.parse({}) : given)),
  log: z.custom<(line: LogLine) => void>().optional(),
  requestTtlMs: z.number().int().min(1).default(60_000),
  resume: z.enum(['on-check', 'never']).default('on-check'),
  record: z.boolean().default(true),
  stock: z.union([z.literal('larder'), stockSchema]).optional(),
  larder: z.strictObject({ url: z.string(), keys: z.record(z.string(), z.string()) }).optional(),
  device: deviceSchema.prefault({}),
});

/** The options with every default filled in. */
export type Settings = z.output<typeof settingsSchema>;

/** Fills in the defaults. Throws an Error that names the option where one is wrong. */
export function settle(options: SimulatorOptions): Settings {
  const parsed = settingsSchema.safeParse(options);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`Simulator option "${fieldOf(issue)}" ${wordsOf(issue)}.`);
}

function numbered(count: number): MachineSpec[] {
  return Array.from({ length: count }, (_, i) => ({ uid: `M${i + 1}` }));
}
