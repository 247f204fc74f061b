import { z } from 'zod';

/** What can be set on the sensors of a fridge. */
export const sensorSchema = z.strictObject({
  /** °C in the fridge, at once. */
  temperature: z.number().min(-60).max(80).optional(),
  /** °C that it drifts to, as after a compressor has failed or a door was left open. */
  target: z.number().min(-60).max(80).optional(),
  /** Per cent. */
  humidity: z.number().min(0).max(100).optional(),
  /** `silent` says nothing; `broken` says 85 °C, as a DS18B20 does. */
  state: z.enum(['well', 'silent', 'broken']).optional(),
});

export type SensorSpec = z.infer<typeof sensorSchema>;

export interface Reading {
  /** ISO 8601. */
  readonly at: string;
  readonly temperature: number;
  readonly humidity: number;
}

/** After so long, two thirds of the way to the target are done: a loaded fridge is slow. */
const SLOWNESS_MS = 5 * 60_000;
const BROKEN_TEMPERATURE = 85;

/** The temperature and humidity of one fridge, and the sensors that measure them. */
export class Sensor {
  temperature = 3.5;
  target = 3.5;
  humidity = 55;
  state: NonNullable<SensorSpec['state']> = 'well';

  constructor(private since = Date.now()) {}

  set({ temperature, target, humidity, state }: SensorSpec, now = Date.now()): void {
    this.drift(now);
    this.temperature = temperature ?? this.temperature;
    // A temperature that is set stays, unless it is told where to go.
    this.target = target ?? temperature ?? this.target;
    this.humidity = humidity ?? this.humidity;
    this.state = state ?? this.state;
  }

  /** Goes on drifting until now. */
  drift(now = Date.now()): void {
    const done = 1 - Math.exp(-Math.max(0, now - this.since) / SLOWNESS_MS);
    this.temperature = hundredths(this.temperature + (this.target - this.temperature) * done);
    this.since = now;
  }

  /** What the sensors say of this moment; nothing where they are silent. */
  read(at: number): Reading | undefined {
    if (this.state === 'silent') return undefined;
    const temperature = this.state === 'broken' ? BROKEN_TEMPERATURE : this.temperature;
    return { at: new Date(at).toISOString(), temperature, humidity: this.humidity };
  }
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
