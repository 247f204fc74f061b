/** `npm run bench`: what Larder does in a second on this machine, and how far that is from where it is to be. */
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { HELP, readOptions, type Options } from './options';
import { partOf } from './parts';
import { createReport } from './report';
import { startPostgres, type Postgres } from './stage/postgres';
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
  let postgres: Postgres | undefined;
  const stopAll = async () => {
    await processes.stopAll();
    await postgres?.stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stopAll().finally(() => process.exit(130)));

  try {
    postgres = await startPostgres(PROJECT);
    const stage = createStage(PROJECT, options.quick, processes, postgres);
    for (const name of options.only) {
      try {
        await partOf(name)(stage, report);
      } catch (error) {
        report.fail(`${name}: ${(error as Error).message}`);
      } finally {
        await processes.stopAll();
      }
    }
  } finally {
    await stopAll();
  }
  report.finish(about, options.json);
  return !report.hasFailed;
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
