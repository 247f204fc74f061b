import { randomUUID } from 'node:crypto';
import type { Timers } from '../timers';
import type { Credential, HoldSpec } from './credential';
import type { Answer, LarderLine } from './line';
import { isFinal, screenOf, type Screen } from './screen';

/** A tap that nobody answered is sent again with the same key, so many times in all. */
const TRIES = 3;
const TRY_AGAIN_MS = 400;
/** How long a screen is followed, at `pollMs`: longer than any door stays open. */
const FOLLOW_MS = 15 * 60_000;

export interface ReaderParts {
  readonly line: LarderLine;
  readonly timers: Timers;
  readonly pollMs: number;
  readonly hold: HoldSpec | undefined;
  readonly changed: () => void;
}

/** The reader at the fridge's door: takes a card, a badge or a token, asks Larder, and shows how the purchase goes. */
export class Reader {
  screen: Screen = { kind: 'idle' };
  /** The showing that the screen is about: an earlier one has no say any more. */
  private showing = 0;

  constructor(private readonly parts: ReaderParts) {}

  /** Shows something to the reader. Resolves to what its screen says first: a purchase, a refusal, or nobody there. */
  async show(credential: Credential): Promise<Screen> {
    const turn = (this.showing += 1);
    this.say({ kind: 'asking' }, turn);
    const first = screenOf(await this.ask(credential));
    this.say(first, turn);
    if (first.kind === 'purchase') void this.follow(first.id, turn);
    return first;
  }

  private async ask(credential: Credential): Promise<Answer> {
    const { line, hold } = this.parts;
    const key = { 'idempotency-key': randomUUID() };
    for (let attempt = 1; ; attempt += 1) {
      const answer = await line.post('open', { credential, ...(hold && { payment: hold }) }, key);
      if (answer.kind === 'answer' || line.isEnded || attempt === TRIES) return answer;
      await this.pause(TRY_AGAIN_MS);
    }
  }

  private async follow(id: string, turn: number): Promise<void> {
    const { line, pollMs } = this.parts;
    for (let left = FOLLOW_MS / pollMs; left > 0; left -= 1) {
      await this.pause(pollMs);
      if (line.isEnded || turn !== this.showing) return;
      const screen = screenOf(await line.purchase(id));
      // Larder may be away for a moment; the door is open all the same, and the screen goes on saying so.
      if (screen.kind !== 'purchase') continue;
      this.say(screen, turn);
      if (isFinal(screen)) return;
    }
  }

  private say(screen: Screen, turn: number): void {
    if (turn !== this.showing || JSON.stringify(screen) === JSON.stringify(this.screen)) return;
    this.screen = screen;
    this.parts.changed();
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.parts.timers.after(ms, resolve));
  }
}
