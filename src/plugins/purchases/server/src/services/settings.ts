import { z } from 'zod';

/** What `config/plugins.ts` gives this room. Times carry their unit in their name. */
const settingsSchema = z.object({
  openReplyWithinMs: z.number().int().positive(),
  vendorTimeoutMs: z.number().int().positive(),
  doorOpenDeadlineSeconds: z.number().positive(),
  completionDeadlineSeconds: z.number().positive(),
  leaseSeconds: z.number().positive(),
  sweepSeconds: z.number().int().positive(),
  /** How long the history of a purchase is kept after its last change; 0 is for good. */
  eventsKeepDays: z.number().int().nonnegative(),
  payments: z.enum(['record', 'stripe']),
  /** Signs door tokens. */
  tokenSecret: z.string().min(1),
});

export type Settings = z.infer<typeof settingsSchema>;

/** @throws when a setting is missing or out of bounds: Strapi then does not start. */
export function readSettings(config: unknown): Settings {
  return settingsSchema.parse(config);
}
