import { readCommand } from '../wire/commands';
import { acknowledgement } from '../wire/frames';
import { check } from './check';
import type { Cloud } from './cloud';
import type { Connection } from './connection';
import { openDoor } from './door';
import { request } from './request';

const HANDLERS = {
  check_machine_state: check,
  smart_fridge_request: request,
  smart_fridge_door_open: openDoor,
};

/** Takes one frame from a client. What cannot be understood is noted and not answered, as no answer is known. */
export function receive(cloud: Cloud, connection: Connection, raw: string): void {
  const command = readCommand(raw);
  if (typeof command === 'string') {
    cloud.journal.note(`received ${command}`, undefined, connection.id);
    return;
  }
  const { name, machineUid, session, ref } = command;
  cloud.journal.command({ connection: connection.id, command: name, machineUid, session, ref });
  const machine = cloud.machines.get(machineUid);
  if (machine && name === 'smart_fridge_door_open') machine.doorCommands += 1;

  const lost = cloud.faults.idle ? undefined : cloud.faults.loses(command);
  if (lost) {
    connection.cut(lost);
    return;
  }
  cloud.post.send({ frame: acknowledgement(name, ref), connection, machineUid });
  HANDLERS[name]({ cloud, connection, command });
}
