import type { Command } from '../wire/commands';
import type { Connection } from './connection';
import type { Machine } from './machine';
import type { Letter } from './post';

const PARKED_LIMIT = 1_000;

/** A customer's time at a machine, from `smart_fridge_request` to completion. */
export class Session {
  /** Frames that could not be delivered and wait for a line. */
  parked: Letter[] = [];
  ended = false;
  /** Forgets the request where its door is not opened in time. */
  cancelExpiry: (() => void) | undefined;
  /** The ref of the last command about this session: honest pushes carry it. */
  ref: unknown;

  constructor(
    readonly id: string,
    readonly machine: Machine,
    readonly payment: NonNullable<Command['payment']>,
    ref: unknown,
    /** The line frames were last sent to, alive or not. */
    public line: Connection,
  ) {
    this.ref = ref;
    line.sessions.add(this);
  }

  /** The line that frames go to, where it still stands. */
  get holder(): Connection | undefined {
    return this.line.alive ? this.line : undefined;
  }

  /** From now on frames go to this line. */
  attach(connection: Connection): void {
    this.line.sessions.delete(this);
    this.line = connection;
    if (!this.ended) connection.sessions.add(this);
  }

  park(letter: Letter): void {
    // The line this frame was to break is broken already; it must not break the next.
    letter.frame.cut = undefined;
    if (this.parked.length < PARKED_LIMIT) this.parked.push(letter);
  }

  takeParked(): Letter[] {
    const parked = this.parked;
    this.parked = [];
    return parked;
  }

  /** The session is over; late frames may still find its line. */
  end(): void {
    this.ended = true;
    this.cancelExpiry?.();
    this.line.sessions.delete(this);
  }
}
