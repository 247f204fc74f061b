/**
 * Who gets which connection.
 *
 * Some stand by idle. A taker is given an idle one, or waits in line for the next that opens or comes back from a check;
 * for each one taken another is opened to stand by. At the limit, whoever waits gets the place of a connection that is of
 * no more use: one that is closing, then the purchase that was over first, then an idle one that would not do.
 */
import type { Backoff } from './backoff';
import { Connection, type ConnectionOwner, type ConnectionState, type Receiver, type StateCounts } from './connection';
import type { Counters } from './counters';
import { Deadlines } from './deadlines';
import { connectionsToOpen } from './demand';
import { Roster, type Spans } from './roster';
import type { SocketEnd, SocketFactory } from './socket';
import { judge, Watchdog } from './watchdog';

export interface PoolOptions extends Spans {
  readonly min: number;
  readonly max: number;
  /** How long a taker waits, and how often is pinged, in milliseconds. */
  readonly acquireTimeoutMs: number;
  readonly pingIntervalMs: number;
}

export interface Unavailable {
  readonly kind: 'unavailable';
  readonly reason: string;
}

interface Waiter {
  readonly state: 'checking' | 'taken';
  readonly receiver: Receiver;
  /** Only connections with a greater serial will do. */
  readonly after: number;
  readonly resolve: (answer: Connection | Unavailable) => void;
}

type Reading = Pick<ConnectionOwner, 'read' | 'received' | 'orphan'>;

const STOPPED: Unavailable = { kind: 'unavailable', reason: 'the gateway is stopped' };

export class Pool implements ConnectionOwner {
  readonly counts: StateCounts = { connecting: 0, idle: 0, checking: 0, taken: 0, lingering: 0, closing: 0 };
  readonly read: ConnectionOwner['read'];
  readonly received: ConnectionOwner['received'];
  readonly orphan: ConnectionOwner['orphan'];
  running = false;

  private readonly roster: Roster;
  private readonly waiters: Deadlines<Waiter>;
  private readonly watchdog: Watchdog;
  private retry: NodeJS.Timeout | undefined;
  private filling = false;
  private serial = 0;
  /** Connections that broke and have not been replaced. */
  private missing = 0;
  private emptied: (() => void) | undefined;
  private stopping: Promise<void> | undefined;

  constructor(
    private readonly options: PoolOptions,
    private readonly open: SocketFactory,
    private readonly backoff: Backoff,
    private readonly counters: Counters,
    reading: Reading,
  ) {
    this.read = reading.read;
    this.received = reading.received;
    this.orphan = reading.orphan;
    this.roster = new Roster(options);
    this.waiters = new Deadlines(options.acquireTimeoutMs, (waiter) => this.giveUp(waiter));
    this.watchdog = new Watchdog(options.pingIntervalMs, (now, reliable) => this.watch(now, reliable));
  }

  get size(): number {
    return this.roster.all.size;
  }

  /** Whether the next taker would not have to wait for somebody else's connection. */
  get hasRoom(): boolean {
    return this.running && (this.counts.idle > 0 || this.size < this.options.max);
  }

  get waiting(): number {
    return this.waiters.size;
  }

  start(): void {
    if (this.running || this.stopping) return;
    this.running = true;
    this.watchdog.start();
    this.fill();
  }

  /** See `Gateway.stop`. */
  stop(graceMs: number): Promise<void> {
    if (!this.running) return this.stopping ?? Promise.resolve();
    this.running = false;
    this.stopping = this.windDown(graceMs).finally(() => (this.stopping = undefined));
    return this.stopping;
  }

  /**
   * A connection for one check or one purchase, whose frames go to `receiver` from now on. With `fresh` only one that is
   * opened after this call. Never rejects.
   */
  take(state: Waiter['state'], receiver: Receiver, fresh = false): Promise<Connection | Unavailable> {
    if (!this.running) return Promise.resolve(STOPPED);
    return new Promise((resolve) => {
      this.waiters.add({ state, receiver, after: fresh ? this.serial : 0, resolve });
      this.fill();
    });
  }

  /** A check is over; the connection stands by again. */
  giveBack(connection: Connection): void {
    if (connection.state !== 'checking') return;
    connection.rest();
    this.stand(connection);
  }

  /** A purchase is over; its connection goes on listening for a while, then ends. */
  release(connection: Connection): void {
    if (connection.state !== 'taken') return;
    // The line gave it up by itself: it has not lost anything.
    connection.linger();
    if (!this.running) return this.leave(connection, 'released');
    this.roster.linger(connection);
    this.fill();
  }

  /** Ends a connection politely. */
  leave(connection: Connection, reason: string): void {
    this.roster.leave(connection, reason);
  }

  opened(connection: Connection): void {
    if (this.missing > 0) {
      this.missing -= 1;
      this.counters.reconnects += 1;
    }
    this.backoff.opened(performance.now());
    this.stand(connection);
  }

  ended(connection: Connection, was: ConnectionState, end: SocketEnd): void {
    this.roster.remove(connection);
    if (this.running) this.regret(connection, was, end);
    if (this.size === 0) this.emptied?.();
    this.fill();
  }

  private regret({ epoch, hasSpoken }: Connection, was: ConnectionState, end: SocketEnd): void {
    if (was === 'lingering' || was === 'closing') return;
    if (was === 'connecting') return this.backoff.failed(performance.now(), epoch, end);
    this.missing += 1;
    this.backoff.broke(performance.now(), epoch, hasSpoken);
  }

  private stand(connection: Connection): void {
    if (!this.running) return this.leave(connection, 'stopped');
    this.roster.stand(connection);
    this.fill();
  }

  /** Serves whoever waits, then opens what is missing. */
  private fill(): void {
    // Evictions and refused sockets report back in the middle of this; the loop below sees their effect by itself.
    if (!this.running || this.filling) return;
    this.filling = true;
    this.serve();
    for (let missing = this.toOpen(); missing > 0 && this.mayOpen(); missing -= 1) this.begin();
    this.filling = false;
  }

  private serve(): void {
    for (const waiter of this.waiters.items()) {
      if (this.counts.idle === 0) return;
      const connection = this.roster.pick(waiter.after);
      if (!connection) continue;
      this.waiters.delete(waiter);
      connection.use(waiter.state, waiter.receiver);
      waiter.resolve(connection);
    }
  }

  private toOpen(): number {
    const { connecting, idle, checking } = this.counts;
    const { waiting, options, backoff } = this;
    const standing = idle + checking;
    return connectionsToOpen({ waiting, standing, connecting, min: options.min, down: backoff.state === 'down' });
  }

  private mayOpen(): boolean {
    const wait = this.backoff.delay(performance.now());
    if (wait > 0) {
      this.retry ??= setTimeout(() => {
        this.retry = undefined;
        this.fill();
      }, Math.ceil(wait));
      return false;
    }
    if (this.size < this.options.max) return true;
    // Somebody who waits is worth an eviction; a connection to stand by is not.
    return this.counts.connecting < this.waiting && this.roster.evict();
  }

  private begin(): void {
    this.serial += 1;
    this.roster.begin(new Connection(this.serial, this.backoff.epoch, this, this.open));
  }

  private giveUp(waiter: Waiter): void {
    this.counters.timeouts += 1;
    waiter.resolve({ kind: 'unavailable', reason: this.backoff.reason ?? 'no connection was free in time' });
  }

  private watch(now: number, reliable: boolean): void {
    const { pingIntervalMs, min } = this.options;
    for (const connection of [...this.roster.all]) {
      if (connection.state === 'connecting') continue;
      if (!reliable) connection.heardAt = now;
      const verdict = judge(connection, now, pingIntervalMs);
      if (verdict === 'silent') connection.drop('nothing was heard for two ping intervals');
      else if (verdict === 'ping') connection.ping(now);
    }
    this.roster.trim(min, now - pingIntervalMs);
  }

  private async windDown(graceMs: number): Promise<void> {
    clearTimeout(this.retry);
    this.retry = undefined;
    for (const waiter of this.waiters.clear()) waiter.resolve(STOPPED);
    for (const connection of [...this.roster.all]) {
      if (connection.state === 'connecting') connection.drop('stopped');
      else if (connection.state !== 'taken' && connection.state !== 'checking') this.leave(connection, 'stopped');
    }
    if (this.size > 0) await this.emptiedWithin(graceMs);
    for (const connection of [...this.roster.all]) {
      connection.close('the gateway is stopped');
      connection.drop('the gateway is stopped');
    }
    this.watchdog.stop();
  }

  private emptiedWithin(graceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.emptied = undefined;
        resolve();
      };
      const timer = setTimeout(done, graceMs);
      this.emptied = done;
    });
  }
}
