import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import supertest from 'supertest';
import { freePort } from '../../scripts/postgres/cluster';
import { eventually } from './eventually';

export const FRONT_END_TOKEN = 'front-end-token-for-tests';
export const METRICS_TOKEN = 'metrics-token-for-tests';
export const ADMIN = { email: 'admin@larder.test', password: 'Larder-admin-1' };

export interface LarderOptions {
  readonly databaseUrl: string;
  readonly vendronUrl: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Until when to wait: `/ready` says 200, or only that it listens. */
  readonly waitFor?: 'ready' | 'listening';
  /** A module loaded before Larder, e.g. one that kills the process at a chosen write. */
  readonly preload?: string;
}

/** A Larder of one's own: a real process on a free port. */
export interface Larder {
  readonly url: string;
  readonly pid: number;
  /** Supertest on this process, with the front end's token where `as` does not say otherwise. */
  get(path: string, as?: string): supertest.Test;
  post(path: string, body: object, as?: string): supertest.Test;
  /** Everything it wrote to its log so far. */
  log(): string;
  signal(name: NodeJS.Signals): void;
  /** Resolves with the exit code, or the signal's name. */
  readonly ended: Promise<number | NodeJS.Signals>;
  stop(): Promise<void>;
}

const SERVE = path.resolve(__dirname, '../../dist/scripts/serve.js');
const CODE_PRELOAD = path.join(__dirname, 'code-preload.cjs');
/** It lives for seconds: code that runs a few times only is not worth optimising, which takes a seventh of a start's processor time. */
const V8 = ['--interrupt-budget=2000000'];

export async function startLarder(options: LarderOptions): Promise<Larder> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const preloads = [CODE_PRELOAD, ...(options.preload ? [options.preload] : [])];
  const child = spawn(process.execPath, [...V8, ...preloads.flatMap((preload) => ['--require', preload]), SERVE], {
    cwd: path.resolve(__dirname, '../..'),
    env: {
      ...baseEnvironment(),
      PORT: String(port),
      ...(process.env.LARDER_TEST_CODE && { LARDER_TEST_CODE: process.env.LARDER_TEST_CODE }),
      DATABASE_URL: options.databaseUrl,
      VENDRON_WS_URL: options.vendronUrl,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const ended = new Promise<number | NodeJS.Signals>((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 0)),
  );
  const request = (test: supertest.Test, as: string) => test.set('Authorization', `Bearer ${as}`);
  const larder: Larder = {
    url,
    pid: child.pid ?? 0,
    get: (target, as = FRONT_END_TOKEN) => request(supertest(url).get(target), as),
    post: (target, body, as = FRONT_END_TOKEN) => request(supertest(url).post(target), as).send(body),
    log: () => log,
    signal: (name) => void child.kill(name),
    ended,
    stop: () => stop(child, ended),
  };
  const { waitFor = 'ready' } = options;
  const boot = eventually(
    async () => {
      if (child.exitCode !== null || child.signalCode !== null) throw new Fatal(`Larder ended while booting:\n${log}`);
      const response = await fetch(`${url}${waitFor === 'ready' ? '/ready' : '/_health'}`);
      if (!response.ok) throw new Error(`not yet: ${response.status} ${await response.text()}`);
    },
    { withinMs: 90_000, everyMs: 100, giveUpOn: Fatal },
  );
  await boot.catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return larder;
}

class Fatal extends Error {}

/** SIGTERM, and SIGKILL for one that does not end. */
async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGCONT');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(timer);
}

export function baseEnvironment(): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    NODE_ENV: 'test',
    TZ: 'UTC',
    HOST: '127.0.0.1',
    STRAPI_TELEMETRY_DISABLED: 'true',
    APP_KEYS: 'test-app-key-0123456789,test-app-key-abcdefghij',
    ADMIN_JWT_SECRET: 'test-admin-jwt-secret-0123456789',
    API_TOKEN_SALT: 'test-api-token-salt-0123456789',
    JWT_SECRET: 'test-jwt-secret-0123456789',
    TRANSFER_TOKEN_SALT: 'test-transfer-salt-0123456789',
    ENCRYPTION_KEY: 'test-encryption-key-0123456789ab',
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    BUBBLE_API_TOKEN: FRONT_END_TOKEN,
    METRICS_TOKEN,
    VENDRON_API_TOKEN: 'vendron-token-for-tests',
    LOG_LEVEL: 'info',
  };
}
