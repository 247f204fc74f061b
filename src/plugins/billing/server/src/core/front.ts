/** What the web front of the room needs to know of where it stands. */
export interface Front {
  readonly publishableKey: string;
  /** Where the browser gets Stripe's script. */
  readonly scriptUrl: string;
  /** This Larder as browsers reach it, without a slash at the end. */
  readonly publicUrl: string;
  /** Signs the links to pages. */
  readonly pageSecret: string;
  /** Origins that a payment may lead back to; `publicUrl` is one of them. */
  readonly returnOrigins: readonly string[];
}

/** @param origins of `CORS_ORIGINS`. A `*` among them opens no door for redirects. */
export function frontOf(settings: Omit<Front, 'returnOrigins'> & { readonly corsOrigins: readonly string[] }): Front {
  const { corsOrigins, ...rest } = settings;
  const own = settings.publicUrl.replace(/\/+$/, '');
  const origins = [own, ...corsOrigins].flatMap((url) => (URL.canParse(url) ? [new URL(url).origin] : []));
  return { ...rest, publicUrl: own, returnOrigins: [...new Set(origins)] };
}

/** Whether a browser may be sent to this address after a payment. */
export function mayReturnTo(url: string, { returnOrigins }: Pick<Front, 'returnOrigins'>): boolean {
  if (!URL.canParse(url)) return false;
  const { origin, protocol, username, password } = new URL(url);
  const isPlain = /^https?:$/.test(protocol) && username === '' && password === '';
  return isPlain && returnOrigins.includes(origin);
}
