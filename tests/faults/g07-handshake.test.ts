/** G7: no connection can be had: the handshake hangs, is refused, or the certificate is not one to trust. */
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { startSimulator } from '../../simulator';
import { alertsTold, buy, doorCommands } from '../support/evidence';
import { eventually } from '../support/eventually';
import { breaches } from '../support/invariants';
import type { Larder } from '../support/larder';
import { orderOf, startWorld, type World } from '../support/world';

let world: World;
const servers: Server[] = [];
/** The Larder that was turned away, which the next test waits for. */
let turnedAway: { larder: Larder; server: Server; port: number; attemptAt: number };
beforeAll(async () => {
  world = await startWorld({ machines: 6, env: { VENDRON_TIMEOUT_MS: '700' } });
});
afterAll(async () => {
  await world.stop();
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const downAlerts = async () => (await alertsTold(world)).filter(({ cause }) => cause === 'gateway_down');
const incidents = () =>
  world.database.sql.rows<{ state: string }>(`select state from incidents where cause = 'gateway_down' order by id`);

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Customers who come while there is no gateway: each a quick 503, none with a door. */
async function expectClosed(larder: Larder, machine: string): Promise<void> {
  for (const customer of ['one', 'two']) {
    const startedAt = performance.now();
    const response = await larder.post(`/api/machines/${machine}/open`, orderOf(`${machine}-${customer}`));
    // VENDRON_TIMEOUT_MS bounds the wait for a connection, OPEN_REPLY_WITHIN_MS that of the customer.
    expect(performance.now() - startedAt).toBeLessThan(3000);
    expect([202, 503]).toContain(response.status);
    await world.until(response.body.id ?? response.body.error.details.id, 'expired');
  }
  expect((await larder.get(`/api/machines/${machine}/status`)).status).toBe(503);
  const ready = await larder.get('/ready');
  expect([ready.status, ready.body.gateway]).toEqual([503, 'down']);
  expect(doorCommands(world, machine)).toBe(0);
}

it('survives handshakes that hang, tells it once, and goes on with an open door when they do not any more', async () => {
  const id = await world.opened('M1');
  world.simulator.setFaults([{ name: 'handshake', mode: 'hang' }]);
  world.simulator.cut('terminate');
  buy(world, 'M1', '1001');
  await expectClosed(world.larder, 'M2');
  expect(await downAlerts()).toMatchObject([{ severity: 'urgent', message: expect.stringContaining('handshake') }]);
  world.simulator.clearFaults();
  expect(await world.until(id, 'completed', 30_000)).toMatchObject({ totalAmount: 650 });
  expect(doorCommands(world, 'M1')).toBe(1);
  await eventually(async () => expect((await incidents()).map(({ state }) => state)).toEqual(['resolved']));
  expect((await world.larder.get('/ready')).status).toBe(200);
});

it('is turned away with 401: one attempt, a long wait, one alert', async () => {
  let attempts = 0;
  let attemptAt = 0;
  const server = createHttpServer();
  server.on('upgrade', (_request, socket) => {
    attempts += 1;
    attemptAt = performance.now();
    socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  const port = await listen(server);
  const before = (await downAlerts()).length;
  const larder = await world.startAnother({ vendronUrl: `ws://127.0.0.1:${port}/publicV2`, waitFor: 'listening' });
  await expectClosed(larder, 'M3');
  expect(attempts).toBe(1);
  const told = (await downAlerts()).slice(before);
  expect(told).toMatchObject([{ severity: 'urgent', message: expect.stringContaining('401') }]);
  turnedAway = { larder, server, port, attemptAt };
});

it('comes back by itself after the long wait, when the cloud takes it again', async () => {
  const { larder, server, port, attemptAt } = turnedAway;
  servers.splice(servers.indexOf(server), 1);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  const cloud = await startSimulator({ port, machines: 1 });
  try {
    await eventually(() => expect(cloud.connections()).toBeGreaterThan(0), { withinMs: 35_000 });
    // The first wait after a refusal: 15 to 30 s.
    expect(performance.now() - attemptAt).toBeGreaterThan(15_000);
    await eventually(async () => expect((await larder.get('/ready')).status).toBe(200));
  } finally {
    await larder.stop();
    await cloud.stop();
  }
});

it('never accepts a certificate that nobody vouches for, not even where the environment says so', async () => {
  let attempts = 0;
  let requests = 0;
  const server = createHttpsServer(selfSigned());
  server.on('connection', () => (attempts += 1));
  server.on('request', () => (requests += 1));
  server.on('upgrade', (_request, socket) => {
    requests += 1;
    socket.destroy();
  });
  const port = await listen(server);
  const before = (await downAlerts()).length;
  const larder = await world.startAnother({
    vendronUrl: `wss://localhost:${port}/publicV2`,
    waitFor: 'listening',
    env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
  });
  await expectClosed(larder, 'M4');
  expect({ attempts, requests }).toEqual({ attempts: 1, requests: 0 });
  const told = (await downAlerts()).slice(before);
  expect(told).toMatchObject([{ severity: 'urgent', message: expect.stringMatching(/CERT/) }]);
  await larder.stop();
});

it('the next process that finds the cloud again resolves what an earlier one told', async () => {
  expect((await incidents()).map(({ state }) => state)).toContain('open');
  await world.startAnother();
  await eventually(async () => expect((await incidents()).map(({ state }) => state)).not.toContain('open'));
});

it('broke no promise', async () => {
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
});

function selfSigned(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'larder-cert-'));
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', ...subject];
  execFileSync('openssl', ['req', '-x509', ...made, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const pair = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return pair;
}
