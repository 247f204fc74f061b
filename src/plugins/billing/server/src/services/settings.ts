import { z } from 'zod';

/** What `config/plugins.ts` gives this room. `stripe` is null with `PAYMENTS=record`: then the room only keeps its tables. */
const settingsSchema = z.object({
  stripe: z
    .object({
      secretKey: z.string().min(1),
      publishableKey: z.string().min(1),
      webhookSecret: z.string().min(1),
      apiBase: z.string().nullable(),
      /** Where the browser gets the payment form's script. */
      scriptUrl: z.string(),
      timeoutMs: z.number().int().positive(),
      /** Sold on trust to known customers at each machine while Stripe is away; minor units. */
      atRiskAmount: z.number().int().nonnegative(),
    })
    .nullable(),
  /** Signs the links to pages that a browser opens without a log-in. */
  pageSecret: z.string().min(16),
  sweepSeconds: z.number().int().positive(),
  /** How long events of Stripe are kept that were acted on; 0 is for good. */
  eventsKeepDays: z.number().int().nonnegative(),
});

export type Settings = z.infer<typeof settingsSchema>;
export type StripeConfig = NonNullable<Settings['stripe']>;

/** @throws when a setting is missing or out of bounds: Strapi then does not start. */
export function readSettings(config: unknown): Settings {
  return settingsSchema.parse(config);
}
