import { refusal } from '../wire/codes';
import { success } from '../wire/frames';
import { refuse, type Call } from './call';
import type { Machine } from './machine';
import { admit } from './refusals';
import { deliverParked } from './resume';

/** `check_machine_state`: free, or why not. Afterwards the frames that waited for a line come by this one. */
export function check(call: Call): void {
  const { cloud, connection, command } = call;
  const admitted = admit(call);
  if ('code' in admitted) refuse(call, admitted);
  else if (admitted.state !== 'free') refuse(call, refusal(-5));
  else {
    const frame = success(
      'check-result',
      'check_machine_state_success',
      { message: 'Machine is available' },
      command.ref,
    );
    cloud.post.send({ frame, connection, machineUid: admitted.uid });
  }
  const machine = cloud.machines.get(command.machineUid);
  if (machine && !command.invalid) resume(call, machine);
}

function resume({ cloud, connection, command }: Call, machine: Machine): void {
  const { token, resume: when } = cloud.settings;
  if (!connection.alive || (token !== undefined && command.token !== token)) return;
  const cutOff = [...machine.past, machine.session].filter((each) => each && !each.holder);
  if (cutOff.length === 0) return;
  const denied = when === 'never' || cloud.faults.deniesResume(machine.uid);
  for (const session of cutOff) {
    if (denied) session?.takeParked();
    else if (session) deliverParked(cloud, session, connection);
  }
}
