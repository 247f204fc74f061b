/**
 * Runs a Strapi command (`start` where none is named) with a database under it: the one that DATABASE_URL names, else,
 * outside production, an embedded PostgreSQL in `.data/` that lives as long as the command does.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { config } from 'dotenv';
import { environment } from '../config/environment';

interface EmbeddedDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

async function main(): Promise<void> {
  config({ path: process.env.ENV_PATH, quiet: true });
  environment(); // every fault of the environment is printed here, plainly, before Strapi starts
  // Strapi writes times as the process sees them, into columns without a zone: UTC, wherever the machine stands.
  process.env.TZ = 'UTC';
  const given = process.argv.slice(2);
  const command = given.length > 0 ? given : ['start'];
  const database = await embeddedDatabase();
  // Strapi compiles and loads the project itself: not through the TypeScript loader that runs this file in a clone.
  const isCompiled = __filename.endsWith('.js');
  if (isCompiled && !database) runHere(command);
  else runBeside(command, database);
}

/** Becomes the command: one process, so that whoever signals or kills it means Larder itself. */
function runHere(command: readonly string[]): void {
  const script = scriptOf(command);
  process.argv = [process.execPath, script, ...command];
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the command line of Strapi has no other entrance
  require(script);
}

/** Runs the command as a child, and stops the database after it. A child that loses us, killed perhaps, stops by itself. */
function runBeside(command: readonly string[], database: EmbeddedDatabase | undefined): void {
  const child = spawn(process.execPath, ['--require', leaveWithParent(), scriptOf(command), ...command], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...(database && { DATABASE_URL: database.url }) },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => {
    void Promise.resolve(database?.stop()).finally(() => process.exit(code ?? (signal ? 1 : 0)));
  });
}

async function embeddedDatabase(): Promise<EmbeddedDatabase | undefined> {
  // In production Larder itself names the missing variable, together with every other fault.
  if (process.env.DATABASE_URL?.trim() || process.env.NODE_ENV === 'production') return undefined;
  const { startCluster } = await import('./postgres/cluster');
  const cluster = await startCluster(path.join(process.cwd(), '.data', 'postgres'));
  await cluster.createDatabase('larder');
  return { url: cluster.url('larder'), stop: () => cluster.stop() };
}

/** Serving is ours (see serve.ts); every other command is one of Strapi's command line. */
function scriptOf([name]: readonly string[]): string {
  const script = name === 'start' ? 'dist/scripts/serve.js' : 'node_modules/@strapi/strapi/bin/strapi.js';
  return path.join(process.cwd(), script);
}

function leaveWithParent(): string {
  return path.join(process.cwd(), 'scripts', 'leave-with-parent.cjs');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
