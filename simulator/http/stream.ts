import type { ServerResponse } from 'node:http';
import type { Cloud } from '../cloud/cloud';
import type { Machine } from '../cloud/machine';
import type { LogLine } from '../journal';

const EVERY_MS = 60;
const LINES_AT_ONCE = 100;

/** Tells browsers what changes, as server-sent events: `machine`, `log`, `faults`. */
export class Stream {
  private readonly browsers = new Set<ServerResponse>();
  private readonly changed = new Set<Machine>();
  private lines: LogLine[] = [];
  private flushing = false;
  private unlisten: (() => void)[] = [];

  constructor(private readonly cloud: Cloud) {}

  open(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 1000\n\n');
    if (this.browsers.size === 0) this.listen();
    this.browsers.add(response);
    response.on('close', () => {
      this.browsers.delete(response);
      if (this.browsers.size === 0) this.deafen();
    });
  }

  send(event: 'machine' | 'log' | 'faults', data: unknown): void {
    for (const browser of this.browsers) browser.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  close(): void {
    this.deafen();
    for (const browser of this.browsers) browser.destroy();
  }

  /** Only while somebody looks: a bench without a browser pays nothing for this. */
  private listen(): void {
    const { journal, watchers } = this.cloud;
    this.unlisten = [
      journal.listen((line) => {
        this.lines.push(line);
        this.soon();
      }),
      watchers.watch((machine) => {
        this.changed.add(machine);
        this.soon();
      }),
    ];
  }

  private deafen(): void {
    for (const each of this.unlisten) each();
    this.unlisten = [];
  }

  /** A hundred frames a second are one message to the page, not a hundred. */
  private soon(): void {
    if (this.flushing) return;
    this.flushing = true;
    this.cloud.timers.after(EVERY_MS, () => {
      this.flushing = false;
      for (const machine of this.changed) this.send('machine', machine.view());
      if (this.lines.length > 0) this.send('log', this.lines.slice(-LINES_AT_ONCE));
      this.changed.clear();
      this.lines = [];
    });
  }
}
