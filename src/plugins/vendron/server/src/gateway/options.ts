/** What the gateway is given and what it offers beyond the driver's port. */
import type { FramedSignal, FridgeDriver } from '../../../../purchases/server/src/ports';
import type { BackoffOptions } from './backoff';
import type { StateCounts } from './connection';

export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface GatewayOptions {
  /** `ws:` or `wss:`. Certificates are always verified. */
  readonly url: string;
  /** The public API token that every command carries. Appears in no record, log line or error. */
  readonly token: string;
  /** How long a state check waits for its answer, and a connection for its handshake, in milliseconds. */
  readonly timeoutMs: number;
  /** Warm connections that stand by; at least one. */
  readonly connectionsMin: number;
  readonly connectionsMax: number;
  /** How often a quiet connection is pinged; after two intervals of silence it is ended. Milliseconds. */
  readonly pingIntervalMs: number;
  /** How long a released line still reports late frames, in milliseconds. 2000 unless given. */
  readonly lingerMs?: number;
  /** How long a purchase or a check waits for a connection, in milliseconds. */
  readonly acquireTimeoutMs: number;
  readonly log: Log;
  /** A frame that belongs to no purchase and no check. Its record is of kind `orphan`. */
  readonly onOrphan: (signal: FramedSignal) => void;
  /** Connections can be had: told with the first one, and again after each `onDown`. */
  readonly onUp: () => void;
  /** A connection could not be opened; told once, until the next `onUp`. */
  readonly onDown: (reason: string) => void;
  /** From 0 up to 1, for the jitter. */
  readonly random?: () => number;
  readonly backoff?: Partial<BackoffOptions>;
}

export interface Gateway extends FridgeDriver {
  /** Begins to connect in the background and returns at once. A stopped gateway may be started again. */
  start(): void;
  /**
   * Takes nothing new, closes what serves no purchase, waits up to `graceMs` milliseconds for the lines to be released,
   * then ends those too (each gets its `lost`). Afterwards no socket and no timer is left.
   */
  stop(graceMs: number): Promise<void>;
  metrics(): GatewayMetrics;
}

/** Counters since the gateway was made; `connections` and `waiting` are of now. */
export interface GatewayMetrics {
  readonly framesIn: Readonly<Record<string, number>>;
  readonly framesOut: Readonly<Record<string, number>>;
  readonly orphans: number;
  /** Frames that could not be acted on, other than oversized ones. */
  readonly malformed: number;
  readonly oversized: number;
  /** Connections opened in place of one that broke. */
  readonly reconnects: number;
  /** Checks without an answer in time, and takers without a connection in time. */
  readonly timeouts: number;
  readonly connections: Readonly<StateCounts>;
  readonly waiting: number;
}
