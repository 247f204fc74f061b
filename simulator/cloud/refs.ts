import type { Session } from './session';

/** The refs of sessions, for faults that mix them up. */
export class Refs {
  private last: unknown;

  constructor(private readonly live: ReadonlyMap<string, Session>) {}

  /** The ref of a live session other than this one. */
  other(session: Session | undefined): unknown {
    for (const each of this.live.values()) if (each !== session) return each.ref;
    return undefined;
  }

  /** The ref of the session that ended last. */
  finished(): unknown {
    return this.last;
  }

  remember(session: Session): void {
    this.last = session.ref;
  }
}
