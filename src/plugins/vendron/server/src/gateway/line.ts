/** A purchase's line: one connection from the request to the end, and whatever arrives on it. */
import type { FramedSignal, FridgeLine, LineRequest, PreparedCommand } from '../../../../purchases/server/src/ports';
import { isCheckRef } from './check';
import type { Command, CommandWriter } from './commands';
import type { Connection, Receiver } from './connection';
import type { Counters } from './counters';
import type { Pool } from './pool';

/**
 * Gives a purchase the frames of its connection. Only what names an earlier state check as its own goes elsewhere: a
 * connection may have done checks before it was taken, perhaps of other machines.
 */
export function createLineReceiver(request: LineRequest, orphan: (signal: FramedSignal) => void): Receiver {
  return {
    signal: (signal) => (isCheckRef(signal.ref) ? orphan(signal) : request.onSignal(signal)),
    lost: (reason) => request.onSignal({ kind: 'lost', reason }),
  };
}

export interface LineParts {
  readonly pool: Pool;
  readonly commands: CommandWriter;
  readonly counters: Counters;
}

/** The line over a connection that was taken for it. */
export function createLine(request: LineRequest, connection: Connection, parts: LineParts): FridgeLine {
  const { pool, commands, counters } = parts;
  const prepare = (command: Command): PreparedCommand => {
    let sent = false;
    return {
      record: command.record,
      send() {
        // A second call would ask the door a second time.
        if (sent) return false;
        sent = connection.send(command.text);
        if (sent) counters.countOut(command.name);
        return sent;
      },
    };
  };
  return {
    kind: 'line',
    prepareRequest: (order) => prepare(commands.request(request, order)),
    prepareDoorOpen: (order) => prepare(commands.doorOpen(request, order)),
    prepareStateCheck: () => prepare(commands.stateCheck(request)),
    release: () => pool.release(connection),
    abandon: () => pool.leave(connection, 'another instance has the purchase'),
  };
}
