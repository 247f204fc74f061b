/**
 * A state check: one command, its acknowledgement and its result, on a connection that nobody else uses meanwhile.
 *
 * The connection tells whose answer it is. The one thing it cannot tell apart is a repeated answer to the check before;
 * that one gives itself away where it carries the other check's reference.
 */
import { randomUUID } from 'node:crypto';
import type { EventRecord, FramedSignal, StateCheck } from '../../../../purchases/server/src/ports';
import type { CommandWriter } from './commands';
import type { Receiver } from './connection';
import type { Counters } from './counters';
import { Deadlines } from './deadlines';
import type { Pool } from './pool';

const PREFIX = `check-${randomUUID().slice(0, 8)}-`;
let checks = 0;

/** Whether a `ref` is one of a state check of this process. */
export function isCheckRef(ref: string | null): boolean {
  return ref?.startsWith(PREFIX) ?? false;
}

type Machine = Extract<FramedSignal, { kind: 'machine' }>;
type Ending = Machine | { readonly kind: 'timeout' } | { readonly kind: 'lost'; readonly reason: string };

/** One exchange: collects its frames until the answer, the time-out or the loss of the connection, whichever is first. */
export class Exchange implements Receiver {
  readonly ending: Promise<Ending>;
  private settle: ((ending: Ending) => void) | undefined;

  constructor(
    private readonly ref: string,
    private readonly records: EventRecord[],
    private readonly orphan: (signal: FramedSignal) => void,
  ) {
    this.ending = new Promise((resolve) => (this.settle = resolve));
  }

  signal(signal: FramedSignal): void {
    if (!this.settle || !this.isOurs(signal)) return this.orphan(signal);
    this.records.push(signal.record);
    if (signal.kind === 'machine') this.end(signal);
  }

  lost(reason: string): void {
    this.end({ kind: 'lost', reason });
  }

  timeout(): void {
    this.end({ kind: 'timeout' });
  }

  private isOurs({ kind, record, ref }: FramedSignal): boolean {
    if (isCheckRef(ref) && ref !== this.ref) return false;
    return kind === 'machine' || (kind === 'acknowledged' && record.name === 'check_machine_state');
  }

  private end(ending: Ending): void {
    this.settle?.(ending);
    this.settle = undefined;
  }
}

export interface CheckerParts {
  readonly pool: Pool;
  readonly commands: CommandWriter;
  readonly counters: Counters;
  readonly timeoutMs: number;
  readonly orphan: (signal: FramedSignal) => void;
}

export class Checker {
  private readonly pending: Deadlines<Exchange>;

  constructor(private readonly parts: CheckerParts) {
    this.pending = new Deadlines(parts.timeoutMs, (exchange) => exchange.timeout());
  }

  /** See `FridgeDriver.checkState`. */
  async check(vendorId: string): Promise<StateCheck> {
    const records: EventRecord[] = [];
    let ending = await this.once(vendorId, records, false);
    if (ending.kind === 'lost') ending = await this.once(vendorId, records, true);
    if (ending.kind === 'machine') {
      const { state, refusal, record } = ending;
      return { kind: 'answered', state, refusal, message: record.message, records };
    }
    const reason = ending.kind === 'timeout' ? 'the cloud did not answer in time' : ending.reason;
    return { kind: 'unavailable', reason, records };
  }

  private async once(vendorId: string, records: EventRecord[], fresh: boolean): Promise<Ending | NoConnection> {
    const { pool, commands, counters, orphan } = this.parts;
    checks += 1;
    const ref = `${PREFIX}${checks}`;
    const exchange = new Exchange(ref, records, orphan);
    const connection = await pool.take('checking', exchange, fresh);
    if (connection.kind === 'unavailable') return connection;

    const command = commands.stateCheck({ vendorId, ref });
    if (!connection.send(command.text)) {
      pool.leave(connection, 'not writable');
      return { kind: 'lost', reason: 'the connection closed before the check' };
    }
    counters.countOut(command.name);
    records.push(command.record);
    this.pending.add(exchange);
    const ending = await exchange.ending;
    this.pending.delete(exchange);
    if (ending.kind === 'machine') pool.giveBack(connection);
    if (ending.kind === 'timeout') {
      counters.timeouts += 1;
      // A late answer must not meet the next exchange.
      pool.leave(connection, 'timed out');
    }
    return ending;
  }
}

type NoConnection = { readonly kind: 'unavailable'; readonly reason: string };
