import { environment } from './environment';

/** Larder's own plugins live in `src/plugins/<name>`; each checks what it is given here in its `config.validator`. */
const room = (name: string, config: Record<string, unknown>) => ({
  enabled: true,
  resolve: `./src/plugins/${name}`,
  config,
});

export default () => {
  const env = environment();
  return {
    'users-permissions': { config: { jwtSecret: env.JWT_SECRET, jwt: { expiresIn: '30d' } } },
    purchases: room('purchases', {
      openReplyWithinMs: env.OPEN_REPLY_WITHIN_MS,
      vendorTimeoutMs: env.VENDRON_TIMEOUT_MS,
      doorOpenDeadlineSeconds: env.DOOR_OPEN_DEADLINE_S,
      completionDeadlineSeconds: env.COMPLETION_DEADLINE_S,
      leaseSeconds: env.LEASE_S,
      sweepSeconds: env.SWEEP_INTERVAL_S,
      eventsKeepDays: env.EVENTS_KEEP_DAYS,
      payments: env.PAYMENTS,
      tokenSecret: env.ENCRYPTION_KEY,
    }),
    vendron: room('vendron', {
      // Development talks to the simulator (`npm run simulator`), which takes any token.
      url: env.VENDRON_WS_URL ?? 'ws://127.0.0.1:4900/publicV2',
      token: env.VENDRON_API_TOKEN ?? 'development',
      timeoutMs: env.VENDRON_TIMEOUT_MS,
      connectionsMin: env.VENDRON_CONNECTIONS_MIN,
      connectionsMax: env.VENDRON_CONNECTIONS_MAX,
      pingIntervalMs: env.VENDRON_PING_INTERVAL_MS,
    }),
    billing: room('billing', {
      stripe:
        env.PAYMENTS === 'stripe' && env.STRIPE_SECRET_KEY && env.STRIPE_PUBLISHABLE_KEY && env.STRIPE_WEBHOOK_SECRET
          ? {
              secretKey: env.STRIPE_SECRET_KEY,
              publishableKey: env.STRIPE_PUBLISHABLE_KEY,
              webhookSecret: env.STRIPE_WEBHOOK_SECRET,
              apiBase: env.STRIPE_API_BASE ?? null,
              scriptUrl: env.STRIPE_JS_URL,
              timeoutMs: env.STRIPE_TIMEOUT_MS,
              atRiskAmount: env.STRIPE_AT_RISK_AMOUNT,
            }
          : null,
      pageSecret: env.ENCRYPTION_KEY,
      sweepSeconds: env.BILLING_SWEEP_S,
      eventsKeepDays: env.STRIPE_EVENTS_KEEP_DAYS,
    }),
    meals: room('meals', { blockAfterThefts: env.BLOCK_AFTER_THEFTS, eventsKeepDays: env.MEAL_EVENTS_KEEP_DAYS }),
    telemetry: room('telemetry', {
      keepDays: env.READINGS_KEEP_DAYS,
      sweepSeconds: env.TELEMETRY_SWEEP_S,
      graceSeconds: env.TELEMETRY_GRACE_S,
    }),
    alerts: room('alerts', {
      slack:
        env.SLACK_BOT_TOKEN && env.SLACK_CHANNEL
          ? { token: env.SLACK_BOT_TOKEN, channel: env.SLACK_CHANNEL, apiUrl: env.SLACK_API_URL }
          : null,
      webhook: env.WEBHOOK_URL && env.WEBHOOK_SECRET ? { url: env.WEBHOOK_URL, secret: env.WEBHOOK_SECRET } : null,
      language: env.ALERTS_LANGUAGE,
      production: env.NODE_ENV === 'production',
    }),
  };
};
