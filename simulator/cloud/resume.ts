import type { Cloud } from './cloud';
import type { Connection } from './connection';
import type { Session } from './session';

/** Moves a session to another line and sends it there the frames that have waited, oldest first. */
export function deliverParked(cloud: Cloud, session: Session, connection: Connection): void {
  session.attach(connection);
  // The faults have had these frames once already, so they are routed, not sent anew.
  for (const letter of session.takeParked()) cloud.post.route(letter);
}
