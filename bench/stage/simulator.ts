import path from 'node:path';
import type { CloudAnswer, CloudOptions, CloudOrder } from '../children/simulator';
import { firstMessage, type Processes } from './processes';

/** A simulated Vendron Cloud in a process of its own. */
export interface Cloud {
  readonly url: string;
  /** Has the customers at these machines take two products each and close the door. */
  finish(machines: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

export async function startCloud(processes: Processes, project: string, options: CloudOptions): Promise<Cloud> {
  const script = path.join(project, 'bench', 'children', 'simulator.ts');
  const child = processes.startChild(script, [JSON.stringify(options)], { PATH: process.env.PATH ?? '' });
  const { url } = await firstMessage<{ url: string }>(child);
  return {
    url,
    stop: child.stop,
    finish: (machines) =>
      new Promise((resolve, reject) => {
        const order: CloudOrder = { finish: machines };
        child.process.once('message', (answer: CloudAnswer) =>
          answer.failed === 0 ? resolve() : reject(new Error(`${answer.failed} doors were not open at the fridge.`)),
        );
        child.process.send(order);
      }),
  };
}
