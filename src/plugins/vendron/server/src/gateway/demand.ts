/** How many connections to begin now. */

/** So many handshakes at once, at most: a cloud that has just come back is not met by all of us in one moment. */
export const HANDSHAKES = 64;

export interface Demand {
  /** Purchases and checks that wait for a connection. */
  readonly waiting: number;
  /** Connections that stand by or will soon: idle and checking ones. */
  readonly standing: number;
  readonly connecting: number;
  /** How many are to stand by. */
  readonly min: number;
  /** The last attempt failed: one attempt at a time finds out whether the cloud is back. */
  readonly down: boolean;
}

/** The number of connections to begin, 0 or more; the limit on all connections is not considered. */
export function connectionsToOpen({ waiting, standing, connecting, min, down }: Demand): number {
  const wanted = waiting + Math.max(0, min - standing);
  const allowed = down ? 1 : Math.min(wanted, HANDSHAKES);
  return Math.max(0, allowed - connecting);
}
