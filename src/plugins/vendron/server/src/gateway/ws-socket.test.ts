/** How connecting fails. */
import { once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import tls from 'node:tls';
import { selfSigned } from './certificate.test.support';
import { until } from './cloud.test.support';
import { optionsOf } from './fakes.test.support';
import { createGateway } from './gateway';
import { endOf, refusalOf } from './ws-socket';

type Heard = ReturnType<typeof optionsOf>['heard'];

/** Runs a gateway against a server until it says that it is down, and tells how often the server was tried. */
async function tryAgainst(
  server: Server | TcpServer,
  scheme: string,
  forMs: number,
  timeoutMs = 5000,
): Promise<Heard & { tries: number }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { options, heard } = optionsOf({
    url: `${scheme}://127.0.0.1:${port}`,
    timeoutMs,
    backoff: { baseMs: 10, refusedBaseMs: 10_000 },
  });
  const gateway = createGateway(options);
  try {
    gateway.start();
    await until(() => heard.edges.length > 0);
    await new Promise((resolve) => setTimeout(resolve, forMs));
  } finally {
    await gateway.stop(0);
    for (const socket of sockets) socket.destroy();
    server.close();
  }
  return { ...heard, tries: sockets.size };
}

test('401: told once, and not tried again soon', async () => {
  const server = createHttpServer();
  server.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n'));
  const { edges, tries } = await tryAgainst(server, 'ws', 100);
  expect(edges).toEqual(['down: the cloud answered the handshake with HTTP 401']);
  expect(tries).toBe(1);
});

test('503: tried again', async () => {
  const server = createHttpServer();
  server.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n'));
  const { edges, tries } = await tryAgainst(server, 'ws', 150);
  expect(edges).toEqual(['down: the cloud answered the handshake with HTTP 503']);
  expect(tries).toBeGreaterThan(1);
});

test('a certificate that nobody vouches for is not accepted', async () => {
  const server = createHttpsServer(selfSigned());
  server.on('upgrade', (_request, socket) => socket.destroy());
  server.on('tlsClientError', () => undefined);
  const connect = jest.spyOn(tls, 'connect');
  const { edges, tries } = await tryAgainst(server, 'wss', 100);
  expect(edges).toEqual(['down: DEPTH_ZERO_SELF_SIGNED_CERT']);
  expect(tries).toBe(1);
  // Not left to the default, which the environment could change.
  expect(connect.mock.calls[0]?.[0]).toMatchObject({ rejectUnauthorized: true });
});

test('a handshake that hangs is given up', async () => {
  const { edges, tries } = await tryAgainst(createTcpServer(), 'ws', 150, 30);
  expect(edges).toEqual(['down: the handshake timed out']);
  expect(tries).toBeGreaterThan(1);
});

test('which failures heal by themselves', () => {
  const coded = (code: string): Error => Object.assign(new Error('text'), { code });
  const lasting = ['CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'];
  for (const code of lasting) expect(endOf(coded(code))).toEqual({ reason: code, permanent: true });
  for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT']) expect(endOf(coded(code)).permanent).toBe(false);
  expect(endOf(new Error('text'))).toEqual({ reason: 'text', permanent: false });
  expect([401, 403, 404, 429, 500, 503].filter((status) => refusalOf(status).permanent)).toEqual([401, 403]);
});
