/**
 * Runs a Strapi command (`start` where none is named) with a database under it: the one that DATABASE_URL names, else,
 * outside production, an embedded PostgreSQL in `.data/` that lives as long as the command does.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { config } from 'dotenv';
import { environment } from '../config/environment';

async function main(): Promise<void> {
  config({ path: process.env.ENV_PATH, quiet: true });
  environment(); // every fault of the environment is printed here, plainly, before Strapi starts
  const command = process.argv.slice(2);
  const database = await embeddedDatabase();
  const child = spawn(process.execPath, [strapiCommand(), ...(command.length > 0 ? command : ['start'])], {
    stdio: 'inherit',
    // Strapi writes times as the process sees them, into columns without a zone: UTC, wherever the machine stands.
    env: { ...process.env, TZ: 'UTC', ...(database && { DATABASE_URL: database.url }) },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => {
    void Promise.resolve(database?.stop()).finally(() => process.exit(code ?? (signal ? 1 : 0)));
  });
}

async function embeddedDatabase(): Promise<{ url: string; stop(): Promise<void> } | undefined> {
  // In production Larder itself names the missing variable, together with every other fault.
  if (process.env.DATABASE_URL?.trim() || process.env.NODE_ENV === 'production') return undefined;
  const { startCluster } = await import('./postgres/cluster');
  const cluster = await startCluster(path.join(process.cwd(), '.data', 'postgres'));
  await cluster.createDatabase('larder');
  return { url: cluster.url('larder'), stop: () => cluster.stop() };
}

function strapiCommand(): string {
  return path.join(process.cwd(), 'node_modules', '@strapi', 'strapi', 'bin', 'strapi.js');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
