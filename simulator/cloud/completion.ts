import { failure, success, toLines, totalOf, type Outgoing } from '../wire/frames';
import { refusal } from '../wire/codes';
import type { Cloud } from './cloud';
import type { Session } from './session';

/** Pushes a frame about a session to whatever line the session has. */
export function push(cloud: Cloud, session: Session, frame: Outgoing): void {
  cloud.post.send({ frame, session, connection: session.line, machineUid: session.machine.uid });
}

/** Settles a session whose door is closed, and frees its machine, as early or late as the faults have it. */
export function complete(cloud: Cloud, session: Session): void {
  const { machine } = session;
  const frame = completed(cloud, session);
  const { ms, busy } = cloud.faults.completion(machine.uid);
  if (ms === 0) {
    push(cloud, session, frame);
    cloud.release(machine);
    return;
  }
  if (!busy) cloud.release(machine);
  if (ms === Infinity) return;
  cloud.timers.after(ms, () => {
    push(cloud, session, frame);
    // Somebody may have freed the machine by hand, and another customer may stand there by now.
    if (busy && machine.session === session) cloud.release(machine);
  });
}

function completed(cloud: Cloud, session: Session): Outgoing {
  const { machine, ref } = session;
  const name = 'smart_fridge_request_completed';
  const products = toLines(machine.basket);
  const total = totalOf(products);
  machine.last = { session: session.id, basket: products.map(({ vpn }) => vpn), total };
  if (products.length === 0) return failure('completed', name, { ...refusal(-10), as: 'string' }, ref);

  const data = {
    transaction_id: cloud.nextId('t'),
    transaction_status: 1,
    transaction_total: total,
    transaction_product: products,
  };
  return success('completed', name, { message: 'Request is completed', data }, ref);
}
