import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What devices send, as far as tests look at it. */
export interface Sent {
  readonly credential?: { readonly kind: string };
  readonly readings?: readonly { readonly at: string; readonly temperature: number }[];
  readonly action?: string;
  readonly id?: string;
}

/** A request that a device made. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly key: string;
  readonly idempotencyKey: string | undefined;
  readonly body: Sent;
}

export interface Listener {
  readonly url: string;
  readonly asked: Asked[];
  /** Waits until the wanted number of requests for a path ending so has come. */
  heard(ending: string, count: number): Promise<Asked[]>;
  stop(): Promise<void>;
}

/** Somebody on the other end of a device's line, who answers as told: a status and a body, or a line that breaks. */
export async function listenAsLarder(
  answer: (asked: Asked) => { readonly status: number; readonly body: object } | 'break',
): Promise<Listener> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const { method = '', url = '', headers } = request;
      const one = {
        method,
        path: url,
        key: headers.authorization ?? '',
        idempotencyKey: headers['idempotency-key'] as string | undefined,
        body,
      };
      asked.push(one);
      const given = answer(one);
      if (given === 'break') return request.socket.destroy();
      response.writeHead(given.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(given.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    async heard(ending, count) {
      const deadline = Date.now() + 3000;
      for (;;) {
        const found = asked.filter(({ path }) => path.endsWith(ending));
        if (found.length >= count) return found;
        if (Date.now() > deadline) throw new Error(`Heard ${found.length} of ${count} for ${ending}.`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    stop: () => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections())),
  };
}

async function read(request: IncomingMessage): Promise<Sent> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString();
  return text === '' ? {} : (JSON.parse(text) as Sent);
}
