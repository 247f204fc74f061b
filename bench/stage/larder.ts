import path from 'node:path';
import { freePort } from '../../scripts/postgres/cluster';
import type { Processes, Started } from './processes';

export const TOKEN = 'front-end-token-of-the-bench';

/** A Larder in production, as `npm start` runs it. */
export interface Larder {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface LarderOptions {
  readonly databaseUrl: string;
  readonly vendronUrl: string;
  readonly env?: Readonly<Record<string, string>>;
  /** `ready`: with the cloud connected; `listening`: as soon as it answers. */
  readonly until: 'ready' | 'listening';
}

const BOOT_MS = 120_000;

export async function startLarder(processes: Processes, project: string, options: LarderOptions): Promise<Larder> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const serve = path.join(project, 'dist', 'scripts', 'serve.js');
  const started = processes.start(serve, [], {
    ...environmentOf(options.databaseUrl),
    PORT: String(port),
    VENDRON_WS_URL: options.vendronUrl,
    ...options.env,
  });
  await answers(started, `${url}${options.until === 'ready' ? '/ready' : '/_health'}`);
  return { url, pid: started.pid, stop: started.stop };
}

async function answers(larder: Started, url: string): Promise<void> {
  const endsAt = performance.now() + BOOT_MS;
  while (performance.now() < endsAt) {
    if (larder.process.exitCode !== null) break;
    const isUp = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Larder did not start:\n${larder.output()}`);
}

/** A production's environment; the secrets are nobody's. */
export function environmentOf(databaseUrl: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    NODE_ENV: 'production',
    TZ: 'UTC',
    HOST: '127.0.0.1',
    STRAPI_TELEMETRY_DISABLED: 'true',
    DATABASE_URL: databaseUrl,
    APP_KEYS: 'bench-app-key-0123456789,bench-app-key-abcdefghij',
    ADMIN_JWT_SECRET: 'bench-admin-jwt-secret-0123456789',
    API_TOKEN_SALT: 'bench-api-token-salt-0123456789',
    JWT_SECRET: 'bench-jwt-secret-0123456789',
    TRANSFER_TOKEN_SALT: 'bench-transfer-salt-0123456789',
    ENCRYPTION_KEY: 'bench-encryption-key-0123456789ab',
    BUBBLE_API_TOKEN: TOKEN,
    VENDRON_API_TOKEN: 'vendron-token-of-the-bench',
  };
}
