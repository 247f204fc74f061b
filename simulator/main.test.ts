import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Client } from './testing/client';

const TSX = require.resolve('tsx/cli');

/** Runs the command; resolves to its exit code and what it printed. */
function run(args: string[], onOutput: (text: string, stop: () => void) => void = () => undefined) {
  const child = spawn(process.execPath, [TSX, join(__dirname, 'main.ts'), ...args]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      onOutput(output, () => child.kill('SIGINT'));
    });
  }
  return new Promise<{ code: number | null; output: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, output })),
  );
}

test('a wrong option ends with 2 and says why', async () => {
  const runs = await Promise.all([run(['--fault', 'cat']), run(['--machines', '0']), run(['--help'])]);
  expect(runs.map(({ code }) => code)).toEqual([2, 2, 0]);
  expect(runs[0]?.output).toContain('There is no fault "cat".');
  expect(runs[1]?.output).toContain('"machines" must be at least 1.');
  expect(runs[2]?.output).toContain('npm run simulator');
}, 20_000);

test('it runs until Ctrl-C, logs each frame, and never the token', async () => {
  let asked = false;
  const { code, output } = await run(['--port', '0'], (text, stop) => {
    const url = /ws:\S+/.exec(text)?.[0];
    if (url && !asked) {
      asked = true;
      void Client.connect(url).then((client) => client.send('check', 'M1'));
    }
    if (text.includes('check_machine_state_success')) stop();
  });
  expect(code).toBe(0);
  expect(output).toContain('-> #');
  expect(output).not.toContain('secret-token');
}, 20_000);
