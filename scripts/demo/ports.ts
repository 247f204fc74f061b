import { createServer } from 'node:net';

const TRIES = 200;

/** The first port from `first` on that is free on loopback at this moment. */
export async function freePortFrom(first: number): Promise<number> {
  for (let port = first; port < first + TRIES; port += 1) if (await isFree(port)) return port;
  throw new Error(`No port from ${first} to ${first + TRIES - 1} is free.`);
}

/** Calls `start` with one free port after another, until one was not taken by somebody else in the meantime. */
export async function onFreePort<Started>(first: number, start: (port: number) => Promise<Started>): Promise<Started> {
  for (let from = first; ;) {
    const port = await freePortFrom(from);
    try {
      return await start(port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      from = port + 1;
    }
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
