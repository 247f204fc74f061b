/** A simulated Vendron Cloud as a process: says its address, then does what its parent asks. */
import { startSimulator } from '../../simulator';

export interface CloudOptions {
  readonly machines: number;
  /** A customer at every door, who takes two to four products, at times puts one back, and closes it, all at once. */
  readonly autoplay: boolean;
}

export interface CloudOrder {
  readonly finish: readonly string[];
}

export interface CloudAnswer {
  /** Machines whose door was not open. */
  readonly failed: number;
}

async function main(): Promise<void> {
  const { machines, autoplay } = JSON.parse(process.argv[2] ?? '{}') as CloudOptions;
  const simulator = await startSimulator({ machines, autoplay: autoplay && { take: [2, 4] }, record: false });

  process.on('message', ({ finish }: CloudOrder) => {
    const failed = finish.filter((uid) => {
      try {
        const customer = simulator.customer(uid);
        customer.take('1001');
        customer.take('1007');
        customer.close();
        return false;
      } catch {
        return true;
      }
    });
    process.send?.({ failed: failed.length } satisfies CloudAnswer);
  });
  // A parent that died leaves nobody to serve.
  process.on('disconnect', () => process.exit(0));
  process.send?.({ url: simulator.url });
}

void main();
