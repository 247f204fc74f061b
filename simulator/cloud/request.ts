import { refusal } from '../wire/codes';
import { success } from '../wire/frames';
import { refuse, type Call } from './call';
import { admit } from './refusals';
import { Session } from './session';

/** `smart_fridge_request`: begins a session at a free machine. Forgotten where the door is not opened in time. */
export function request(call: Call): void {
  const { cloud, connection, command } = call;
  const machine = admit(call);
  if ('code' in machine) return refuse(call, machine);
  if (machine.state !== 'free' || !command.payment) return refuse(call, refusal(-5));

  const session = new Session(cloud.nextId('s'), machine, command.payment, command.ref, connection);
  cloud.sessions.set(session.id, session);
  machine.session = session;
  machine.state = 'requested';
  session.cancelExpiry = cloud.timers.after(cloud.settings.requestTtlMs, () => {
    cloud.journal.note('request forgotten: its door was not opened in time', machine.uid);
    session.takeParked();
    cloud.release(machine);
  });

  const data = { session: session.id, trade_vdps_id: session.id.replace('s-', 'v-'), ...session.payment };
  const frame = success('begun', 'smart_fridge_request_begun', { message: 'Request has begun', data }, command.ref);
  cloud.watchers.changed(machine);
  cloud.post.send({ frame, connection, session, machineUid: machine.uid });
}
