import { z } from 'zod';

const settingsSchema = z.object({
  slack: z
    .object({
      token: z.string().min(1),
      channel: z.string().min(1),
      /** Slack's own address where absent; tests and proxies name another. */
      apiUrl: z.url({ protocol: /^https?$/ }).optional(),
      timeoutMs: z.number().int().min(50).max(60_000).default(5000),
    })
    .nullable(),
  webhook: z
    .object({
      url: z.url({ protocol: /^https?$/ }),
      /** Key of the signature; at least 16 characters. */
      secret: z.string().min(16),
      timeoutMs: z.number().int().min(50).max(60_000).default(10_000),
    })
    .nullable(),
  /** In production a webhook may not reach a private or loopback address. */
  production: z.boolean(),
  language: z.enum(['en', 'fr']).default('en'),
  /** One message a machine and cause in so many seconds; also how long quiet must last to count as over. */
  windowSeconds: z.number().int().min(1).max(86_400).default(600),
  /** How often the sweep looks for incidents that are over. */
  sweepSeconds: z.number().int().min(1).max(59).default(15),
});

export type Settings = z.infer<typeof settingsSchema>;

/**
 * The room's settings with their defaults.
 * @throws an Error that names each wrong setting, and never repeats a value: it may be a secret.
 */
export function readSettings(given: unknown): Settings {
  const result = settingsSchema.safeParse(given);
  if (result.success) return result.data;
  throw new Error(result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
}
