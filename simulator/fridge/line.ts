import { z } from 'zod';

/** How a device reaches Larder: where it is, and the key of its machine. */
export const lineSchema = z.strictObject({
  url: z
    .string()
    .regex(/^https?:\/\/[^\s]+$/, 'must be an address such as http://127.0.0.1:1337')
    .transform((url) => url.replace(/\/+$/, '')),
  key: z.string().regex(/^ldk_[A-Za-z0-9_-]{20,80}$/, 'must be a device key such as ldk_…'),
});

export type LineSpec = z.input<typeof lineSchema>;

/** What came of a call. `away` where nobody answered in time, whatever the reason. */
export type Answer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: Record<string, unknown> }
  | { readonly kind: 'away' };

const TIMEOUT_MS = 10_000;

/** The line of one device to Larder. It does not say its key to anybody else. */
export class LarderLine {
  private readonly ended = new AbortController();

  constructor(
    readonly url: string,
    private readonly key: string,
    private readonly uid: string,
  ) {}

  /** The last four characters of the key: enough to tell two apart. */
  get hint(): string {
    return this.key.slice(-4);
  }

  get isEnded(): boolean {
    return this.ended.signal.aborted;
  }

  /** `POST /api/machines/<this machine>/<what>` */
  post(what: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('POST', `/api/machines/${encodeURIComponent(this.uid)}/${what}`, headers, body);
  }

  /** `GET /api/machines/<this machine>/<what>` */
  get(what: string): Promise<Answer> {
    return this.call('GET', `/api/machines/${encodeURIComponent(this.uid)}/${what}`, {});
  }

  /** How a purchase at this machine goes. */
  purchase(id: string): Promise<Answer> {
    return this.call('GET', `/api/transactions/${encodeURIComponent(id)}`, {});
  }

  /** Calls under way end as `away`. */
  end(): void {
    this.ended.abort();
  }

  private async call(method: string, path: string, more: Record<string, string>, body?: object): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.key}`, 'content-type': 'application/json', ...more };
    const signal = AbortSignal.any([this.ended.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    try {
      const response = await fetch(this.url + path, { method, headers, body: body && JSON.stringify(body), signal });
      const parsed: unknown = await response.json();
      return { kind: 'answer', status: response.status, body: Object(parsed) as Record<string, unknown> };
    } catch {
      return { kind: 'away' };
    }
  }
}
