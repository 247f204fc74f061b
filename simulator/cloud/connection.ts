import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { CutMode } from '../wire/frames';
import type { Lane } from './lane';
import type { Letter } from './post';
import type { Session } from './session';

/** One client's line to the cloud. */
export class Connection {
  /** Whether frames still reach the client. A half-open line is no longer alive, though its socket is. */
  alive = true;
  /** The live sessions whose frames go here. */
  readonly sessions = new Set<Session>();

  constructor(
    readonly id: number,
    readonly lane: Lane<Letter>,
    private readonly socket: WebSocket,
    private readonly transport: Duplex,
    private readonly lost: (connection: Connection) => void,
  ) {
    socket.on('close', () => this.lose());
    // A reset by the peer is a lost line like any other; 'close' follows.
    socket.on('error', () => this.lose());
  }

  write(data: string | Buffer): void {
    this.socket.send(data);
  }

  /** Breaks the line. `close` says goodbye, `terminate` does not, `half-open` keeps the socket and goes deaf and dumb. */
  cut(mode: CutMode): void {
    if (!this.alive) return;
    if (mode === 'close') this.socket.close(1001, 'Going away');
    else if (mode === 'terminate') this.socket.terminate();
    else this.goDeaf();
    this.lose();
  }

  /** Nothing that arrives is read any more, so not even a ping is answered; the bytes are drained to notice the end. */
  private goDeaf(): void {
    this.transport.removeAllListeners('data');
    this.transport.on('data', () => undefined);
    this.transport.resume();
  }

  private lose(): void {
    if (!this.alive) return;
    this.alive = false;
    this.lost(this);
  }
}
