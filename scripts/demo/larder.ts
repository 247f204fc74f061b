/** Larder as the demo runs it: `strapi start` in a process of its own. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import path from 'node:path';

const ROOT = process.cwd();
const SERVE = path.join(ROOT, 'dist', 'scripts', 'serve.js');
const LEAVE_WITH_PARENT = path.join(ROOT, 'scripts', 'leave-with-parent.cjs');
/** Where Strapi finds no `.env` file. */
const NO_FILE = path.join(ROOT, 'scripts', 'demo', 'no.env');

const BOOT_WITHIN_MS = 180_000;
const STOP_WITHIN_MS = 15_000;
const LAST_LINES = 30;

export interface Larder {
  readonly url: string;
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>;
}

export interface LarderOptions {
  /** Its environment, and all of it: what the caller's shell or a `.env` file says is for another Larder. */
  readonly settings: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Told how to stop it as soon as there is something to stop. */
  readonly onSpawn: (stop: () => Promise<void>) => void;
}

/**
 * Starts Larder and waits until it says that it is ready.
 * @throws with the last lines of its log where it does not come up; with code EADDRINUSE where the port was taken.
 */
export async function startLarder(port: number, { settings, logFile, onSpawn }: LarderOptions): Promise<Larder> {
  const mark = randomBytes(16).toString('base64url');
  const child = spawn(process.execPath, ['--require', LEAVE_WITH_PARENT, SERVE], {
    cwd: ROOT,
    env: { ...shellVariables(), ...settings, PORT: String(port), METRICS_TOKEN: mark, ENV_PATH: NO_FILE },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // In a process group of its own: a Ctrl-C at the terminal reaches the demo, and the demo stops it in order.
    detached: true,
  });
  const log = createWriteStream(logFile);
  let tail: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      log.write(chunk);
      tail = [...tail, ...chunk.toString().split('\n')].slice(-LAST_LINES);
    });
  }
  let isEnded = false;
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      isEnded = true;
      log.end();
      resolve();
    }),
  );
  const stop = async () => {
    if (isEnded) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await ended;
    clearTimeout(timer);
  };
  onSpawn(stop);

  const url = `http://127.0.0.1:${port}`;
  for (const giveUpAt = performance.now() + BOOT_WITHIN_MS; !(await isReady(url, mark)); await pause(200)) {
    if (!isEnded && performance.now() < giveUpAt) continue;
    await stop();
    const last = tail.join('\n').trim();
    const code = last.includes('EADDRINUSE') ? 'EADDRINUSE' : 'larder_did_not_start';
    throw Object.assign(new Error(`Larder did not start. The end of its log (${logFile}):\n${last}`), { code });
  }
  return { url, ended };
}

/** Whether it is ready, and ours: somebody else's server may have taken the port, and only ours knows the mark. */
async function isReady(url: string, mark: string): Promise<boolean> {
  const isOk = async (route: string, headers: Record<string, string>) =>
    (await fetch(url + route, { headers, signal: AbortSignal.timeout(2000) })).ok;
  try {
    return (await isOk('/ready', {})) && (await isOk('/metrics', { Authorization: `Bearer ${mark}` }));
  } catch {
    return false;
  }
}

function shellVariables(): Record<string, string> {
  // The last is how a network with a certificate of its own lets Node reach Stripe.
  const names = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'SystemRoot', 'NODE_EXTRA_CA_CERTS'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
