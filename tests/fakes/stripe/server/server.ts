/** The HTTP server: reads whole requests, and answers, hangs or cuts. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jsonAnswer, send, type Answer } from './answer';

export interface IncomingRequest {
  readonly method: string;
  readonly path: string;
  /** Without its question mark. */
  readonly query: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

export type Outcome = Answer | 'hang' | 'cut';

export interface RunningServer {
  readonly port: number;
  stop(): Promise<void>;
}

export async function startServer(port: number, answer: (request: IncomingRequest) => Promise<Outcome>) {
  const server = createServer((message, response) => {
    void read(message)
      .then(answer)
      .catch((error: unknown) =>
        jsonAnswer(500, { error: { type: 'api_error', message: `In the fake: ${String(error)}` } }),
      )
      .then((outcome) => {
        if (outcome === 'cut') message.socket.destroy();
        else if (outcome !== 'hang') send(response, outcome);
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const running: RunningServer = {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return running;
}

async function read(message: IncomingMessage): Promise<IncomingRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const [path = '/', query = ''] = (message.url ?? '/').split('?');
  const body = Buffer.concat(chunks).toString('utf8');
  return { method: message.method ?? 'GET', path, query, body, headers: message.headers };
}
