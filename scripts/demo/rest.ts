/** Calls over HTTP with plain `fetch`, as any front end makes them. */
export interface Answer {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever the other side says; the demo shows it as it is
  readonly body: any;
}

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly token?: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

const PATIENCE_MS = 15_000;

export async function call(url: string, { method = 'GET', token, body, headers = {} }: Call = {}): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

/** The body of an answer that is a success. @throws with the refusal in it where it is none. */
export async function ask(url: string, options: Call = {}): Promise<Answer['body']> {
  const { status, body } = await call(url, options);
  if (status < 200 || status > 299) {
    throw new Error(`${options.method ?? 'GET'} ${url} answered ${status}: ${JSON.stringify(body)}`);
  }
  return body;
}
