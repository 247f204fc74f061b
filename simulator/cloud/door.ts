import { refusal } from '../wire/codes';
import { success } from '../wire/frames';
import { refuse, type Call } from './call';
import { admit } from './refusals';
import { deliverParked } from './resume';

/** `smart_fridge_door_open`: unlocks the door for the session that was begun, once. */
export function openDoor(call: Call): void {
  const { cloud, connection, command } = call;
  const machine = admit(call);
  if ('code' in machine) return refuse(call, machine);
  const { session } = machine;
  if (!session || session.id !== command.session) return refuse(call, refusal(-1, 'Invalid parameters: session'));
  if (machine.state !== 'requested') return refuse(call, refusal(-5));

  session.cancelExpiry?.();
  session.ref = command.ref;
  machine.state = 'open';
  machine.doorOpenings += 1;
  if (session.holder !== connection) deliverParked(cloud, session, connection);

  const data = [{ door_status: 'UNLOCKED' }];
  const frame = success(
    'door-result',
    'smart_fridge_door_open_success',
    { message: 'Door is unlocked', data },
    command.ref,
  );
  cloud.watchers.changed(machine);
  cloud.post.send({ frame, connection, session, machineUid: machine.uid });
  cloud.doorOpened?.(machine, session);
}
