/** The processes of a run. Each is ended by its own id, whatever happens. */
import { fork, spawn, type ChildProcess, type StdioOptions } from 'node:child_process';

export interface Processes {
  /** A process with its output kept, to be shown where it fails. */
  start(script: string, args: readonly string[], env: Readonly<Record<string, string>>): Started;
  /** The same with TypeScript and messages both ways. */
  startChild(script: string, args: readonly string[], env: Readonly<Record<string, string>>): Started;
  stopAll(): Promise<void>;
  /** Stops all, and starts none any more. */
  close(): Promise<void>;
  readonly isClosed: boolean;
}

export interface Started {
  readonly pid: number;
  readonly process: ChildProcess;
  output(): string;
  stop(): Promise<void>;
}

/** A child that does not end by SIGTERM gets SIGKILL after this. Milliseconds. */
const PATIENCE_MS = 15_000;

export function createProcesses(cwd: string): Processes {
  const running = new Set<Started>();
  let isClosed = false;
  const stopAll = async () => void (await Promise.all([...running].map((started) => started.stop())));
  const open = () => {
    if (isClosed) throw new Error('The bench is being stopped.');
  };
  const keep = (child: ChildProcess): Started => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-20_000)));
    }
    const started: Started = {
      pid: child.pid ?? 0,
      process: child,
      output: () => output,
      stop: () => end(child).finally(() => running.delete(started)),
    };
    running.add(started);
    return started;
  };
  return {
    start(script, args, env) {
      open();
      return keep(
        spawn(process.execPath, [...nodeFlags(), script, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] }),
      );
    },
    startChild(script, args, env) {
      open();
      const stdio: StdioOptions = ['ignore', 'pipe', 'pipe', 'ipc'];
      return keep(fork(script, [...args], { cwd, env, execArgv: ['--import', 'tsx'], stdio }));
    },
    stopAll,
    async close() {
      isClosed = true;
      await stopAll();
    },
    get isClosed() {
      return isClosed;
    },
  };
}

/** `LARDER_BENCH_NODE_FLAGS="--cpu-prof --cpu-prof-dir=/tmp/profiles"` looks into the Larder that is measured. */
function nodeFlags(): string[] {
  return (process.env.LARDER_BENCH_NODE_FLAGS ?? '').split(' ').filter((flag) => flag !== '');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  await ended;
  clearTimeout(timer);
}

/** The first message of a child; rejects with its output where it ends without one. */
export function firstMessage<Message>(child: Started): Promise<Message> {
  return new Promise((resolve, reject) => {
    child.process.once('message', (message) => resolve(message as Message));
    child.process.once('exit', () => reject(new Error(`A child ended too early:\n${child.output()}`)));
  });
}
