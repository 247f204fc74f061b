import type { Refusal } from '../wire/codes';
import type { Command } from '../wire/commands';
import { failure } from '../wire/frames';
import { RESULT_KIND } from '../wire/names';
import type { Cloud } from './cloud';
import type { Connection } from './connection';

/** A command on the line it came by. */
export interface Call {
  cloud: Cloud;
  connection: Connection;
  command: Command;
}

/** Answers a command with its `_error`. */
export function refuse({ cloud, connection, command }: Call, why: Refusal): void {
  const { name, ref, machineUid } = command;
  const result = name === 'smart_fridge_request' ? 'smart_fridge_request_error' : `${name}_error`;
  cloud.post.send({ frame: failure(RESULT_KIND[name], result, why, ref), connection, machineUid });
}
