import Stripe from 'stripe';

export interface StripeSettings {
  readonly secretKey: string;
  /** Where Stripe's API is, e.g. a fake's `http://127.0.0.1:4242`; Stripe itself where absent. */
  readonly apiBase: string | null;
  /** Longest wait for one answer, in milliseconds. */
  readonly timeoutMs: number;
}

/** The client of Stripe's own package. Repeating a call is our business (see call.ts), so it never does so by itself. */
export function createStripe({ secretKey, apiBase, timeoutMs }: StripeSettings): Stripe {
  const base = apiBase === null ? null : new URL(apiBase);
  return new Stripe(secretKey, {
    maxNetworkRetries: 0,
    timeout: timeoutMs,
    telemetry: false,
    appInfo: { name: 'Larder' },
    ...(base && {
      host: base.hostname,
      port: base.port || (base.protocol === 'https:' ? 443 : 80),
      protocol: base.protocol === 'https:' ? 'https' : 'http',
    }),
  });
}
