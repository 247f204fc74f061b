import type { Random } from '../random';
import type { Timers } from '../timers';
import type { Letter } from './post';
import type { Session } from './session';

interface Held {
  letters: Letter[];
  release(): void;
}

/** Holds the pushes of a session for a while and lets them go in another order. */
export class Shuffler {
  private readonly held = new Map<Session, Held>();

  constructor(
    private readonly timers: Timers,
    private readonly route: (letter: Letter) => void,
  ) {}

  /** Holds a letter. All of a session go together: `ms` after the first, or as soon as the completion is among them. */
  hold(session: Session, letter: Letter, how: { ms: number; random: Random }): void {
    const held = this.held.get(session) ?? this.begin(session, how);
    held.letters.push(letter);
    if (letter.frame.kind === 'completed') held.release();
  }

  private begin(session: Session, { ms, random }: { ms: number; random: Random }): Held {
    const letters: Letter[] = [];
    const release = () => {
      cancel();
      this.held.delete(session);
      for (const letter of random.shuffled(letters)) this.route(letter);
    };
    const cancel = this.timers.after(ms, release);
    const held = { letters, release };
    this.held.set(session, held);
    return held;
  }
}
