import path from 'node:path';
import { firstMessage } from './processes';
import type { Stage } from './stage';

/** The bare yardstick for reading a purchase, in a process of its own. */
export async function startFastify(
  stage: Stage,
  databaseUrl: string,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const script = path.join(stage.project, 'bench', 'children', 'fastify.ts');
  const env = { PATH: process.env.PATH ?? '', NODE_ENV: 'production' };
  const child = stage.processes.startChild(script, [databaseUrl], env);
  const { url } = await firstMessage<{ url: string }>(child);
  return { url, stop: child.stop };
}
