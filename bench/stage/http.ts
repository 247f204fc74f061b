/** An HTTP client of few words on kept connections: what it costs is taken from what is measured. */
import { Agent, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** From the call to the last byte, in milliseconds. */
  readonly ms: number;
}

export interface Http {
  get(path: string): Promise<Answer>;
  /** @param as another token than the client's own. */
  post(path: string, body: unknown, as?: string): Promise<Answer>;
  close(): void;
}

export function createHttp(url: string, token: string): Http {
  const agent = new Agent({ keepAlive: true, maxSockets: 128 });
  const send = (method: string, path: string, body?: string, as = token): Promise<Answer> => {
    const startedAt = performance.now();
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${as}`,
        ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      };
      const outgoing = request(`${url}${path}`, { method, agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          const ms = performance.now() - startedAt;
          resolve({ status: response.statusCode ?? 0, body: text === '' ? null : JSON.parse(text), ms });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  };
  return {
    get: (path) => send('GET', path),
    post: (path, body, as) => send('POST', path, JSON.stringify(body), as),
    close: () => agent.destroy(),
  };
}
