import type { Timers } from '../timers';
import type { Answer, LarderLine } from './line';

export type MealAction = 'touched' | 'taken' | 'returned';

/** What Larder wants the fridge to do about what it saw. */
export interface Signal {
  readonly signal: 'none' | 'warn' | 'alarm' | 'unanswered';
  readonly reason: string;
  /** Larder's words for the fridge's screen; empty where there is nothing to say. */
  readonly message: string;
  readonly barcode: string;
  readonly action: MealAction;
}

const TRIES = 3;
const TRY_AGAIN_MS = 300;

/** The barcode reader inside: tells what is touched, taken and put back, one after the other, and keeps the alarm on. */
export class Scanner {
  private readonly alarms = new Map<string, Signal>();
  private latest: Signal | null = null;
  private queue: Promise<unknown> = Promise.resolve();
  /** Raised when the door closes: answers that come later belong to nobody who stands there. */
  private visit = 0;

  constructor(
    private readonly line: LarderLine,
    private readonly timers: Timers,
    private readonly changed: () => void,
  ) {}

  /** An alarm that is not over, or else what was heard last. */
  get signal(): Signal | null {
    return [...this.alarms.values()].pop() ?? this.latest;
  }

  /** @param id the device's own name of the event: sent again, it counts once. Resolves once it was answered. */
  see(action: MealAction, barcode: string, id: string): Promise<Signal> {
    const at = new Date().toISOString();
    const { visit } = this;
    const told = this.queue.then(async () => {
      const signal = signalOf(await this.tell({ barcode, action, at, id }), barcode, action);
      if (visit !== this.visit) return signal;
      this.latest = signal;
      if (signal.signal === 'alarm') this.alarms.set(barcode, signal);
      else if (action === 'returned') this.alarms.delete(barcode);
      this.changed();
      return signal;
    });
    this.queue = told;
    return told;
  }

  /** Resolves once everything seen so far was answered. */
  async settled(): Promise<void> {
    await this.queue;
  }

  /** The door is closed: whatever sounded is over. */
  quiet(): void {
    this.visit += 1;
    this.alarms.clear();
    this.latest = null;
  }

  private async tell(event: object): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.line.post('meal-events', event);
      if (answer.kind === 'answer' || this.line.isEnded || attempt === TRIES) return answer;
      await new Promise<void>((resolve) => void this.timers.after(TRY_AGAIN_MS, resolve));
    }
  }
}

const SIGNALS = ['none', 'warn', 'alarm'] as const;

function signalOf(answer: Answer, barcode: string, action: MealAction): Signal {
  const { signal, reason, message } = answer.kind === 'answer' ? answer.body : {};
  const known = SIGNALS.find((each) => each === signal);
  return {
    signal: known ?? 'unanswered',
    reason: known && typeof reason === 'string' ? reason : 'unanswered',
    message: known && typeof message === 'string' ? message : '',
    barcode,
    action,
  };
}
