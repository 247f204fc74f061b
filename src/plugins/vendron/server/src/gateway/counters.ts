/** What has gone through the gateway, counted. */
import type { FramedSignal } from '../../../../purchases/server/src/ports';

export class Counters {
  orphans = 0;
  malformed = 0;
  oversized = 0;
  reconnects = 0;
  timeouts = 0;
  private readonly received = new Map<string, number>();
  private readonly sent = new Map<string, number>();

  /** Names off the wire that are not known count as one, so that nobody can grow the table. */
  countIn({ kind, record }: FramedSignal): void {
    const name = record.outcome === 'unknown_command' ? 'unknown_command' : record.name;
    add(this.received, record.kind === 'acknowledgement' ? `${name} (acknowledgement)` : name);
    if (record.outcome === 'oversized') this.oversized += 1;
    else if (kind === 'noise') this.malformed += 1;
  }

  countOut(name: string): void {
    add(this.sent, name);
  }

  framesIn(): Record<string, number> {
    return Object.fromEntries(this.received);
  }

  framesOut(): Record<string, number> {
    return Object.fromEntries(this.sent);
  }
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
