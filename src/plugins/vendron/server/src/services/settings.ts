import { z } from 'zod';

/** What `config/plugins.ts` gives this room. */
const settingsSchema = z.object({
  url: z.url({ protocol: /^wss?$/ }),
  token: z.string().min(1),
  timeoutMs: z.number().int().positive(),
  connectionsMin: z.number().int().min(0),
  connectionsMax: z.number().int().positive(),
  pingIntervalMs: z.number().int().positive(),
});

export type Settings = z.infer<typeof settingsSchema>;

/** @throws when a setting is missing or out of bounds: Strapi then does not start. */
export function readSettings(config: unknown): Settings {
  return settingsSchema.parse(config);
}
