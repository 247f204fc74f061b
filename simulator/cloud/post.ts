import type { FaultEngine } from '../faults/engine';
import type { Journal } from '../journal';
import type { Timers } from '../timers';
import { frameName, type Outgoing } from '../wire/frames';
import type { Connection } from './connection';
import type { Refs } from './refs';
import type { Session } from './session';
import { Shuffler } from './shuffler';

/** A frame and where it goes: to the session's line of the moment, else to the line it was written for. */
export interface Letter {
  frame: Outgoing;
  connection: Connection;
  session?: Session;
  machineUid?: string;
}

/** Takes honest frames, lets the faults at them, and brings what is left to a socket, in time and in order. */
export class Post {
  private readonly shuffler: Shuffler;

  constructor(
    private readonly faults: FaultEngine,
    private readonly journal: Journal,
    private readonly timers: Timers,
    private readonly refs: Refs,
  ) {
    this.shuffler = new Shuffler(timers, (letter) => this.route(letter));
  }

  send(letter: Letter): void {
    if (this.faults.idle) {
      this.route(letter);
      return;
    }
    const { session } = letter;
    const scene = { otherRef: () => this.refs.other(session), finishedRef: () => this.refs.finished() };
    for (const frame of this.faults.frames(letter.frame, letter.machineUid, scene)) this.schedule({ ...letter, frame });
  }

  /** Sends a letter on without asking the faults again. */
  route(letter: Letter): void {
    const connection = letter.session ? letter.session.holder : letter.connection;
    if (!connection?.alive) letter.session?.park(letter);
    else if (connection.lane.empty) this.write(connection, letter);
    else connection.lane.push(letter, 0);
  }

  /** Writes a letter whose turn has come. */
  write(connection: Connection, letter: Letter): void {
    const { frame } = letter;
    const { cut } = frame;
    frame.cut = undefined;
    if (cut?.when === 'before') connection.cut(cut.mode);
    if (!connection.alive) {
      this.route(letter);
      return;
    }
    const data = frame.raw ?? JSON.stringify(frame.body);
    connection.write(data);
    this.journal.sent(connection.id, letter.machineUid, frameName(frame), data);
    if (cut?.when !== 'after') return;
    if (cut.ms > 0) this.timers.after(cut.ms, () => connection.cut(cut.mode));
    else connection.cut(cut.mode);
  }

  private schedule(letter: Letter): void {
    const { delayMs = 0, overtake, shuffle } = letter.frame;
    const line = letter.session?.holder ?? letter.connection;
    if (shuffle && letter.session) this.shuffler.hold(letter.session, letter, shuffle);
    else if (delayMs > 0 && overtake) this.timers.after(delayMs, () => this.route(letter));
    else if (delayMs > 0 && line.alive) line.lane.push(letter, delayMs);
    else this.route(letter);
  }
}
