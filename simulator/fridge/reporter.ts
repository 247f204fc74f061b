import type { Answer, LarderLine } from './line';
import type { Reading } from './sensor';

/** What came of the last batch of readings. */
export type Report =
  | { readonly kind: 'stored'; readonly stored: number; readonly repeated: number; readonly rejected: number }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'away' };

/** Whether Larder sells here, as it told the device last. */
export interface Sales {
  readonly locked: boolean;
  readonly reason: string | null;
}

/** At most so many in one call, and kept back in all. */
const BATCH = 1000;
const MOST_PENDING = 10_000;

/** Sends readings and heartbeats. What was not answered stays, and goes with the next batch. */
export class Reporter {
  /** While true, readings are kept back: the late batch comes when it is false again. */
  keepBack = false;
  report: Report | null = null;
  sales: Sales | null = null;
  private pending: Reading[] = [];
  private last: readonly Reading[] = [];
  private sending: Promise<void> | undefined;

  constructor(
    private readonly line: LarderLine,
    private readonly changed: () => void,
  ) {}

  get waiting(): number {
    return this.pending.length;
  }

  add(readings: readonly Reading[]): void {
    this.pending = [...this.pending, ...readings].slice(-MOST_PENDING);
    this.changed();
  }

  /** Sends what waits, oldest first, also where it is being kept back. One batch at a time. */
  send(): Promise<void> {
    this.sending ??= this.empty().finally(() => (this.sending = undefined));
    return this.sending;
  }

  private async empty(): Promise<void> {
    while (this.pending.length > 0) {
      const batch = this.pending.slice(0, BATCH);
      const answer = await this.deliver(batch);
      if (answer.kind === 'away' || answer.status >= 500) return;
      this.last = batch;
      this.pending = this.pending.filter((reading) => !batch.includes(reading));
      this.changed();
    }
  }

  /** Sends the last batch once more, as a device does whose answer got lost. */
  async repeat(): Promise<void> {
    if (this.last.length > 0) await this.deliver(this.last);
  }

  async heartbeat(door: 'locked' | 'unlocked', uptime: number): Promise<void> {
    this.hear(await this.line.post('heartbeat', { door, version: 'simulator', uptime }));
    this.changed();
  }

  private async deliver(readings: readonly Reading[]): Promise<Answer> {
    const answer = await this.line.post('readings', { readings });
    this.report = reportOf(answer);
    this.hear(answer);
    this.changed();
    return answer;
  }

  private hear(answer: Answer): void {
    if (answer.kind === 'away' || typeof answer.body.locked !== 'boolean') return;
    const { locked, reason } = answer.body;
    this.sales = { locked, reason: typeof reason === 'string' ? reason : null };
  }
}

function reportOf(answer: Answer): Report {
  if (answer.kind === 'away') return answer;
  const { status, body } = answer;
  if (status === 200) {
    const rejected = Array.isArray(body.rejected) ? body.rejected.length : 0;
    return { kind: 'stored', stored: Number(body.stored), repeated: Number(body.repeated), rejected };
  }
  const { message, details } = Object(body.error) as { message?: string; details?: { code?: string } };
  return { kind: 'refused', code: details?.code ?? String(status), message: message ?? '' };
}
