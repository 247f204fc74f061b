/** Somebody's webhook receiver, over real HTTP on loopback: it verifies what it gets, and misbehaves on demand. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verify, type Verification } from '../../src/plugins/alerts/server/src/core/webhooks/signature';

export type TargetFault =
  | { readonly kind: 'status'; readonly status: number }
  /** Takes the request and never answers. */
  | { readonly kind: 'hang' }
  | { readonly kind: 'redirect'; readonly to: string };

export interface WebhookReceived {
  readonly at: number;
  readonly path: string;
  readonly signature: Verification;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface FakeWebhookTarget {
  readonly url: string;
  readonly port: number;
  /** Every request, whatever was answered. */
  readonly received: readonly WebhookReceived[];
  /** Answers the next `times` requests (all of them where absent) with a fault. */
  fail(fault: TargetFault, times?: number): void;
  recover(): void;
  close(): Promise<void>;
}

export async function startFakeWebhookTarget(secret: string): Promise<FakeWebhookTarget> {
  const received: WebhookReceived[] = [];
  let fault: TargetFault | undefined;
  let faultsLeft = 0;

  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const header = request.headers['larder-signature'];
      const signature = verify(body, typeof header === 'string' ? header : undefined, secret);
      received.push({ at: Date.now(), path: request.url ?? '', signature, body, headers: request.headers });
      const current = faultsLeft > 0 ? fault : undefined;
      if (current) faultsLeft -= 1;
      if (current?.kind === 'hang') return;
      if (current?.kind === 'redirect') return void response.writeHead(307, { Location: current.to }).end();
      if (current?.kind === 'status') return void response.writeHead(current.status).end();
      response.writeHead(signature.kind === 'valid' ? 204 : 401).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}/larder`,
    port,
    received,
    fail(next, times = Number.POSITIVE_INFINITY) {
      fault = next;
      faultsLeft = times;
    },
    recover() {
      faultsLeft = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
