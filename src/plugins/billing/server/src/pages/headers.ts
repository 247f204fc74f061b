import type { Front } from '../core/front';

/** What Stripe's form needs, by https://docs.stripe.com/security/guide#content-security-policy as of 2026. */
const STRIPE_SCRIPTS = ['https://*.js.stripe.com', 'https://js.stripe.com', 'https://checkout.stripe.com'];
const STRIPE_CONNECTIONS = ['https://api.stripe.com', 'https://checkout.stripe.com'];
const STRIPE_FRAMES = [
  'https://*.js.stripe.com',
  'https://js.stripe.com',
  'https://hooks.stripe.com',
  'https://checkout.stripe.com',
];
const STRIPE_IMAGES = ['https://*.stripe.com'];

/** On every page: nothing of it is kept, nothing is told to where its links lead, and nobody puts it in a frame. */
const COMMON: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex',
};

/** The headers of a page without a form: no script may run on it at all. */
export function plainHeaders(nonce: string): Record<string, string> {
  return { ...COMMON, 'Content-Security-Policy': policy({ 'style-src': [`'nonce-${nonce}'`], 'img-src': ['data:'] }) };
}

/** The headers of the page with Stripe's form. */
export function formHeaders(nonce: string, { scriptUrl }: Pick<Front, 'scriptUrl'>): Record<string, string> {
  const { origin } = new URL(scriptUrl);
  const content = policy({
    'script-src': [`'nonce-${nonce}'`, origin, ...STRIPE_SCRIPTS],
    'style-src': [`'nonce-${nonce}'`],
    'connect-src': [origin, ...STRIPE_CONNECTIONS],
    'frame-src': [origin, ...STRIPE_FRAMES],
    'img-src': ['data:', ...STRIPE_IMAGES],
  });
  return { ...COMMON, 'Content-Security-Policy': content };
}

function policy(directives: Readonly<Record<string, readonly string[]>>): string {
  const all = {
    'default-src': [`'none'`],
    ...directives,
    'base-uri': [`'none'`],
    'form-action': [`'none'`],
    'frame-ancestors': [`'none'`],
  };
  return Object.entries(all)
    .map(([name, sources]) => `${name} ${[...new Set(sources)].join(' ')}`)
    .join('; ');
}
