import { z } from 'zod';

/** What `config/plugins.ts` gives this room. */
const settingsSchema = z.object({
  /** From so many thefts on, no door opens for a customer any more. */
  blockAfterThefts: z.number().int().min(1),
});

export type Settings = z.infer<typeof settingsSchema>;

/** @throws when a setting is missing or out of bounds: Strapi then does not start. */
export function readSettings(config: unknown): Settings {
  return settingsSchema.parse(config);
}
