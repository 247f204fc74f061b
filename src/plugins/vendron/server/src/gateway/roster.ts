/** The connections there are, by what they are good for; and the spans after which some of them end. */
import type { Connection } from './connection';
import { Deadlines } from './deadlines';

/** How long the other side may take to answer a polite end, in milliseconds. */
const CLOSING_MS = 1000;

export interface Spans {
  /** How long a handshake may take, and a released purchase lingers, in milliseconds. */
  readonly connectTimeoutMs: number;
  readonly lingerMs: number;
}

export class Roster {
  readonly all = new Set<Connection>();
  private readonly idle: Connection[] = [];
  private readonly connecting: Deadlines<Connection>;
  private readonly lingering: Deadlines<Connection>;
  private readonly closing = new Deadlines<Connection>(CLOSING_MS, (stuck) => stuck.drop('closing timed out'));

  constructor({ connectTimeoutMs, lingerMs }: Spans) {
    this.connecting = new Deadlines(connectTimeoutMs, (late) => late.drop('the handshake timed out'));
    this.lingering = new Deadlines(lingerMs, (over) => this.leave(over, 'lingered'));
  }

  begin(connection: Connection): void {
    this.all.add(connection);
    this.connecting.add(connection);
  }

  stand(connection: Connection): void {
    this.connecting.delete(connection);
    this.idle.push(connection);
  }

  /** Takes out the idle connection that was used last, the likeliest to live, of those with a serial above `after`. */
  pick(after: number): Connection | undefined {
    for (let index = this.idle.length - 1; index >= 0; index -= 1) {
      if ((this.idle[index]?.serial ?? 0) > after) return this.idle.splice(index, 1)[0];
    }
    return undefined;
  }

  linger(connection: Connection): void {
    this.lingering.add(connection);
  }

  /** Ends a connection politely, and at once where that is not answered. */
  leave(connection: Connection, reason: string): void {
    this.unlist(connection);
    connection.close(reason);
    if (connection.state === 'closing') this.closing.add(connection);
  }

  /** The connection has ended. */
  remove(connection: Connection): void {
    this.all.delete(connection);
    this.unlist(connection);
  }

  /** Makes room for one that is needed more: ends the one that is of least use. False where each is of some. */
  evict(): boolean {
    const victim = this.closing.oldest() ?? this.lingering.oldest() ?? this.idle[0];
    victim?.close('evicted');
    victim?.drop('evicted');
    return victim !== undefined;
  }

  /** What a rush of checks left standing beyond `keep` goes, one a call, once it has been of no use since `before`. */
  trim(keep: number, before: number): void {
    const [oldest] = this.idle;
    if (oldest && this.idle.length > keep && oldest.usedAt <= before) this.leave(oldest, 'not needed');
  }

  private unlist(connection: Connection): void {
    this.connecting.delete(connection);
    this.lingering.delete(connection);
    this.closing.delete(connection);
    const index = this.idle.indexOf(connection);
    if (index >= 0) this.idle.splice(index, 1);
  }
}
