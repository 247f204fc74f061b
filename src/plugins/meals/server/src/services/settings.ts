import { z } from 'zod';

/** What `config/plugins.ts` gives this room. */
const settingsSchema = z.object({
  /** From so many thefts on, no door opens for a customer any more. */
  blockAfterThefts: z.number().int().min(1),
  /** What devices saw is kept for so many days; 0 keeps all. */
  eventsKeepDays: z.number().int().nonnegative(),
});

export type Settings = z.infer<typeof settingsSchema>;

/** @throws when a setting is missing or out of bounds: Strapi then does not start. */
export function readSettings(config: unknown): Settings {
  return settingsSchema.parse(config);
}
