import { z } from 'zod';

/** What `config/plugins.ts` gives this room. */
const settingsSchema = z.object({
  /** Raw readings are kept for so many days, and none older are taken in. */
  keepDays: z.number().int().min(1),
  sweepSeconds: z.number().int().positive(),
  /** After a start, or after the database was away, no fridge is called silent for so many seconds: it may have been us. */
  graceSeconds: z.number().int().nonnegative(),
});

export type Settings = z.infer<typeof settingsSchema>;

/** @throws when a setting is missing or out of bounds: Strapi then does not start. */
export function readSettings(config: unknown): Settings {
  return settingsSchema.parse(config);
}
