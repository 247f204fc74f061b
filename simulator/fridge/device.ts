import { z } from 'zod';
import { SimulatorError } from '../errors';
import type { Timers } from '../timers';
import { holdSchema } from './credential';
import { LarderLine, lineSchema, type LineSpec } from './line';
import { Reader } from './reader';
import { Reporter } from './reporter';
import { Scanner } from './scanner';
import type { Sensor } from './sensor';

/** How the devices of a simulator behave. Milliseconds; 0 for an interval is never. */
export const deviceSchema = z.strictObject({
  readingsEveryMs: z.number().int().min(0).default(60_000),
  heartbeatEveryMs: z.number().int().min(0).default(60_000),
  /** How often the reader looks how its purchase goes. */
  pollMs: z.number().int().min(10).default(500),
  hold: holdSchema.optional(),
});

export type DeviceSpec = z.input<typeof deviceSchema>;
export type DeviceSettings = z.output<typeof deviceSchema>;

export interface DeviceParts {
  readonly uid: string;
  readonly sensor: Sensor;
  readonly settings: DeviceSettings;
  readonly timers: Timers;
  readonly door: () => 'locked' | 'unlocked';
  readonly changed: () => void;
}

/** What stands in one fridge and speaks to Larder with the machine's key: reader, barcode scanner, sensors. */
export class Device {
  readonly line: LarderLine;
  readonly reader: Reader;
  readonly scanner: Scanner;
  readonly reporter: Reporter;
  private readonly startedAt = Date.now();
  private readonly cancels = new Set<() => void>();

  /** Throws a `SimulatorError` where address or key are none. */
  constructor(
    spec: LineSpec,
    private readonly parts: DeviceParts,
  ) {
    const parsed = lineSchema.safeParse(spec);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const field = issue?.path.join('.') ?? '';
      throw new SimulatorError('wrong-device', `The device's "${field}" ${issue?.message}.`, field);
    }
    const { timers, changed, settings } = parts;
    this.line = new LarderLine(parsed.data.url, parsed.data.key, parts.uid);
    this.reader = new Reader({ line: this.line, timers, changed, pollMs: settings.pollMs, hold: settings.hold });
    this.scanner = new Scanner(this.line, timers, changed);
    this.reporter = new Reporter(this.line, changed);
    this.every(settings.readingsEveryMs, () => this.measure());
    this.every(settings.heartbeatEveryMs, () => this.beat());
  }

  /** Reads the sensors, now or as if at another time, and sends that unless readings are kept back. */
  async measure(times: readonly number[] = [Date.now()]): Promise<void> {
    this.parts.sensor.drift();
    this.reporter.add(times.flatMap((at) => this.parts.sensor.read(at) ?? []));
    if (!this.reporter.keepBack) await this.reporter.send();
  }

  beat(): Promise<void> {
    return this.reporter.heartbeat(this.parts.door(), (Date.now() - this.startedAt) / 1000);
  }

  end(): void {
    this.line.end();
    for (const cancel of this.cancels) cancel();
  }

  private every(ms: number, act: () => Promise<void>): void {
    if (ms === 0) return;
    const cancel = this.parts.timers.after(ms, () => {
      this.cancels.delete(cancel);
      if (this.line.isEnded) return;
      // The next one does not wait for the answer to this one.
      void act();
      this.every(ms, act);
    });
    this.cancels.add(cancel);
  }
}
