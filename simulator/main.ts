import { helpText } from './cli/help';
import { formatLine } from './cli/log-line';
import { readOptions, type CliOptions } from './cli/options';
import { startSimulator } from './start';

const BAD_OPTIONS = 2;

async function main(): Promise<void> {
  const options = optionsOrExit();
  if (options.help) {
    process.stdout.write(helpText());
    return;
  }
  const log = options.quiet ? undefined : (line: Parameters<typeof formatLine>[0]) => say(formatLine(line));
  const simulator = await startSimulator({ ...options.simulator, log });
  say(`Vendron Cloud, simulated: ${simulator.url}`);
  say(`Play the customer:        ${simulator.httpUrl}/`);
  const fitted = simulator
    .machines()
    .filter(({ fridge }) => fridge?.device)
    .map(({ uid }) => uid);
  if (fitted.length > 0) say(`Devices speak to Larder:  ${namesOf(fitted)}`);
  say(`Machines: ${namesOf(simulator.machines().map(({ uid }) => uid))}. Ctrl-C ends.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));
}

function optionsOrExit(): CliOptions {
  try {
    return readOptions(process.argv.slice(2), process.env);
  } catch (error) {
    return fail(error, BAD_OPTIONS);
  }
}

function namesOf(uids: string[]): string {
  const shown = uids.slice(0, 8).join(', ');
  return uids.length > 8 ? `${shown} … (${uids.length})` : shown;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function fail(error: unknown, code: number): never {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\nSee --help for what there is.\n`);
  process.exit(code);
}

main().catch((error: NodeJS.ErrnoException) => {
  // A port that is taken is nobody's bad option; everything else that stops the start is.
  fail(error, error.code === undefined ? BAD_OPTIONS : 1);
});
