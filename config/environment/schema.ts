/**
 * Every variable Larder reads from its environment, with its type, bounds and default.
 *
 * Nothing else in the project reads `process.env`. A variable that is set but empty counts as absent, because that is
 * what compose files and hosting panels make of a blank field.
 */
import { z } from 'zod';

const text = z.string().trim().min(1);
const secret = z.string().trim().min(16, 'must have at least 16 characters');
const webUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' });
const socketUrl = z.url({ protocol: /^wss?$/, error: 'must be a ws(s) URL' });
const databaseUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' });
const whole = (min: number, max: number) => {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number(message).int(message).min(min, message).max(max, message);
};
/** Stripe lists its own events for 30 days: what was deleted sooner would come again. */
const keepDays = whole(0, 36_500).refine((days) => days === 0 || days >= 31, 'must be 0 (for ever) or at least 31');
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== ''),
);

/** The secrets Strapi needs: generated once in development, required in production. */
export const secretsSchema = z.object({
  APP_KEYS: list.refine((keys) => keys.length > 0 && keys.every((key) => key.length >= 16), {
    message: 'must be one or more comma-separated keys of at least 16 characters',
  }),
  ADMIN_JWT_SECRET: secret,
  API_TOKEN_SALT: secret,
  JWT_SECRET: secret,
  TRANSFER_TOKEN_SALT: secret,
  ENCRYPTION_KEY: secret,
});

/** Everything beside the secrets. Durations carry their unit in their name. */
export const settingsSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: text.default('127.0.0.1'),
  PORT: whole(0, 65535).default(1337),
  PUBLIC_URL: webUrl.optional(),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_POOL_MAX: whole(2, 100).default(10),
  ADMIN_EMAIL: z.email().optional(),
  ADMIN_PASSWORD: z
    .string()
    .regex(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d).{8,}$/, 'needs 8 characters with a lower case, an upper case and a digit')
    .optional(),
  BUBBLE_API_TOKEN: secret.optional(),
  VENDRON_WS_URL: socketUrl.optional(),
  VENDRON_API_TOKEN: text.optional(),
  VENDRON_TIMEOUT_MS: whole(50, 120_000).default(5000),
  VENDRON_CONNECTIONS_MIN: whole(0, 1000).default(1),
  VENDRON_CONNECTIONS_MAX: whole(1, 10_000).default(1000),
  VENDRON_PING_INTERVAL_MS: whole(50, 600_000).default(15_000),
  OPEN_REPLY_WITHIN_MS: whole(1, 60_000).default(4000),
  DOOR_OPEN_DEADLINE_S: whole(1, 86_400).default(180),
  COMPLETION_DEADLINE_S: whole(1, 86_400).default(120),
  LEASE_S: whole(1, 600).default(10),
  SWEEP_INTERVAL_S: whole(1, 60).default(5),
  EVENTS_KEEP_DAYS: keepDays.default(0),
  SLACK_BOT_TOKEN: text.optional(),
  SLACK_CHANNEL: text.optional(),
  SLACK_API_URL: webUrl.optional(),
  ALERTS_LANGUAGE: z.enum(['en', 'fr']).default('en'),
  WEBHOOK_URL: webUrl.optional(),
  WEBHOOK_SECRET: secret.optional(),
  PAYMENTS: z.enum(['record', 'stripe']).default('record'),
  STRIPE_SECRET_KEY: z
    .string()
    .trim()
    .regex(/^(sk|rk)_(test|live)_/, 'must begin with sk_test_, sk_live_, rk_test_ or rk_live_')
    .optional(),
  STRIPE_PUBLISHABLE_KEY: z
    .string()
    .trim()
    .regex(/^pk_(test|live)_/, 'must begin with pk_test_ or pk_live_')
    .optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .trim()
    .regex(/^whsec_/, 'must begin with whsec_')
    .optional(),
  STRIPE_API_BASE: webUrl.optional(),
  STRIPE_JS_URL: webUrl.default('https://js.stripe.com/endive/stripe.js'),
  STRIPE_TIMEOUT_MS: whole(100, 80_000).default(8000),
  BILLING_SWEEP_S: whole(1, 60).default(30),
  STRIPE_AT_RISK_AMOUNT: whole(0, 10_000_000).default(0),
  STRIPE_EVENTS_KEEP_DAYS: keepDays.default(90),
  READINGS_KEEP_DAYS: whole(1, 3650).default(90),
  TELEMETRY_SWEEP_S: whole(1, 59).default(15),
  TELEMETRY_GRACE_S: whole(0, 3600).default(120),
  BLOCK_AFTER_THEFTS: whole(1, 1000).default(3),
  MEAL_EVENTS_KEEP_DAYS: keepDays.default(365),
  CORS_ORIGINS: list.optional(),
  METRICS_TOKEN: secret.optional(),
  LOG_LEVEL: z.enum(['error', 'warn', 'info', 'http', 'debug']).default('info'),
});

export type Secrets = z.infer<typeof secretsSchema>;
export type Settings = z.infer<typeof settingsSchema>;
export type Environment = Settings & Secrets;
