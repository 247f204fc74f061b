import { Ring } from './ring';
import type { CommandName } from './wire/names';

const KEPT = 20_000;
const SHOWN = 500;
/** Longer frames are kept cut: a fault may send ten megabytes. */
const RAW_LIMIT = 4_096;

/** A command that arrived. The token is never kept. */
export interface ReceivedCommand {
  /** Milliseconds since 1970. */
  at: number;
  connection: number;
  command: CommandName;
  machineUid: string;
  session?: string;
  ref: unknown;
}

/** A frame that was written to a socket. */
export interface SentFrame {
  at: number;
  connection: number;
  machineUid?: string;
  name: string;
  /** The frame as text, cut to 4,096 characters. */
  raw: string;
}

/** One line for people. `in` is from the client, `out` to it, `note` is what happened at a machine or a line. */
export interface LogLine {
  at: number;
  direction: 'in' | 'out' | 'note';
  connection?: number;
  machine?: string;
  name: string;
}

/** What happened, within bounds. Switched off (`record: false`) it costs next to nothing. */
export class Journal {
  private readonly received = new Ring<ReceivedCommand>(KEPT);
  private readonly frames = new Ring<SentFrame>(KEPT);
  private readonly lines = new Ring<LogLine>(SHOWN);
  private readonly listeners = new Set<(line: LogLine) => void>();

  constructor(private readonly record: boolean) {}

  command(received: Omit<ReceivedCommand, 'at'>): void {
    if (this.record) this.received.push({ at: Date.now(), ...received });
    const { connection, machineUid: machine, command: name } = received;
    this.line({ direction: 'in', connection, machine, name });
  }

  sent(connection: number, machineUid: string | undefined, name: string, raw: string | Buffer): void {
    if (this.record) {
      const kept = raw.length > RAW_LIMIT ? Buffer.from(raw.slice(0, RAW_LIMIT)).toString() : raw.toString();
      this.frames.push({ at: Date.now(), connection, machineUid, name, raw: kept });
    }
    this.line({ direction: 'out', connection, machine: machineUid, name });
  }

  note(name: string, machine?: string, connection?: number): void {
    this.line({ direction: 'note', connection, machine, name });
  }

  commands(uid?: string): ReceivedCommand[] {
    return this.received.toArray().filter((each) => uid === undefined || each.machineUid === uid);
  }

  sentFrames(uid?: string): SentFrame[] {
    return this.frames.toArray().filter((each) => uid === undefined || each.machineUid === uid);
  }

  recent(): LogLine[] {
    return this.lines.toArray();
  }

  /** Calls `listener` with each line from now on, until the returned function is called. */
  listen(listener: (line: LogLine) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private line(line: Omit<LogLine, 'at'>): void {
    if (!this.record && this.listeners.size === 0) return;
    const dated = { at: Date.now(), ...line };
    if (this.record) this.lines.push(dated);
    for (const listener of this.listeners) listener(dated);
  }
}
