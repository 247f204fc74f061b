/** `npm run bench`: what Larder does in a second on this machine, and how far that is from where it is to be. */
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { HELP, readOptions, type Options } from './options';
import { partOf } from './parts';
import { createReport } from './report';
import { startPostgres } from './stage/postgres';
import { createProcesses } from './stage/processes';
import { createStage } from './stage/stage';

const PROJECT = path.resolve(__dirname, '..');

async function main(options: Options): Promise<boolean> {
  const report = createReport((text) => process.stdout.write(text));
  const about = {
    when: new Date().toISOString(),
    processor: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    'memory GB': Math.round(totalmem() / 2 ** 30),
    node: process.version,
    system: `${process.platform} ${process.arch}`,
  };
  report.say(
    Object.entries(about)
      .map(([name, value]) => `${name}: ${value}`)
      .join(', '),
  );
  if (options.quick) report.say('A quick run: shorter, noisier.');

  const processes = createProcesses(PROJECT);
  const postgres = startPostgres(PROJECT);
  const stopAll = async () => {
    await processes.close();
    const started = await postgres.catch(() => undefined);
    await started?.stop();
  };
  stopOnSignals(stopAll);

  try {
    const stage = createStage(PROJECT, options.quick, processes, await postgres);
    for (const name of options.only) {
      if (processes.isClosed) break;
      try {
        await partOf(name)(stage, report);
      } catch (error) {
        if (!processes.isClosed) report.fail(`${name}: ${(error as Error).message}`);
      } finally {
        await processes.stopAll();
      }
    }
    // Stopped from outside: whoever did that ends the process too.
    if (processes.isClosed) return await new Promise<never>(() => undefined);
  } finally {
    if (!processes.isClosed) await stopAll();
  }
  report.finish(about, options.json);
  return !report.hasFailed;
}

/** Ctrl-C reaches a process twice, from the terminal and through `tsx`; either way everything is stopped once. */
function stopOnSignals(stopAll: () => Promise<void>): void {
  let stopping: Promise<void> | undefined;
  const stop = (code: number) => {
    stopping ??= stopAll().finally(() => process.exit(code));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(130));
  process.on('uncaughtException', (error) => {
    if (!stopping) console.error(error);
    stop(1);
  });
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(HELP);
  else {
    main(options).then(
      (isWhole) => process.exit(isWhole ? 0 : 1),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  }
} catch (error) {
  console.error((error as Error).message);
  process.exit(2);
}
