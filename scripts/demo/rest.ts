/** Calls over HTTP with plain `fetch`, as any front end makes them. */
export interface Answer<Body> {
  readonly status: number;
  /** As the caller expects it where the status is a success; else the error that Larder answered. */
  readonly body: Body;
}

export interface Call {
  readonly method?: 'GET' | 'POST';
  readonly token?: string;
  readonly body?: object;
}

const PATIENCE_MS = 15_000;

export async function call<Body>(url: string, { method = 'GET', token, body }: Call = {}): Promise<Answer<Body>> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return { status: response.status, body: (await response.json()) as Body };
}

/** The body of an answer that is a success. @throws with the refusal in it where it is none. */
export async function ask<Body>(url: string, options: Call = {}): Promise<Body> {
  const { status, body } = await call<Body>(url, options);
  if (status < 200 || status > 299) {
    throw new Error(`${options.method ?? 'GET'} ${url} answered ${status}: ${JSON.stringify(body)}`);
  }
  return body;
}
