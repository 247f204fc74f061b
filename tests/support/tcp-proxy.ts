import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A road between Larder and PostgreSQL that can be slow, silent or closed. */
export interface TcpProxy {
  /** The address of the other side, with this proxy in place of host and port. */
  readonly url: string;
  /** Each piece of an answer is late by so many milliseconds. */
  delay(milliseconds: number): void;
  /** Nothing passes in either direction, and nobody is told: a cable that was pulled. */
  silence(): void;
  /** Breaks what is open and refuses what is new. */
  close(): void;
  /** As on the first day; what was held back passes. */
  heal(): void;
  stop(): Promise<void>;
}

/** @param target a URL whose host and port are the other side. */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const held: (() => void)[] = [];
  let delayMs = 0;
  let isSilent = false;
  let isClosed = false;

  const pass = (work: () => void) => {
    if (isSilent) held.push(work);
    else work();
  };
  const server = createServer((near) => {
    if (isClosed) return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      const late = from === far;
      from.on('data', (chunk: Buffer) => {
        const write = () => pass(() => to.writable && to.write(chunk));
        if (late && delayMs > 0) setTimeout(write, delayMs);
        else write();
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        sockets.delete(from);
        pass(() => to.destroy());
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = new URL(target);
  own.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: own.href,
    delay: (milliseconds) => void (delayMs = milliseconds),
    silence: () => void (isSilent = true),
    close() {
      isClosed = true;
      breakAll();
    },
    heal() {
      delayMs = 0;
      isSilent = false;
      isClosed = false;
      for (const work of held.splice(0)) work();
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        breakAll();
      }),
  };
}
