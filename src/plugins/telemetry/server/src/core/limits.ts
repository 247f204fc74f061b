import type { Reading } from './reading';

/** What a machine's climate may be, from its profile and its own overrides. Temperatures and humidity in hundredths. */
export interface Limits {
  readonly temperatureMin: number | null;
  readonly temperatureMax: number | null;
  readonly humidityMax: number | null;
  /** It may be outside for so long. */
  readonly minutesOutside: number;
  /** So long without a reading is silence. */
  readonly silenceMinutes: number;
}

/** A machine with limits of its own and no profile. */
export const DEFAULT_MINUTES_OUTSIDE = 30;
export const DEFAULT_SILENCE_MINUTES = 30;

/** "Above 5 °C" means above: the limit itself is inside. */
export function isOutside({ temperature }: Pick<Reading, 'temperature'>, limits: Limits): boolean {
  const { temperatureMin: min, temperatureMax: max } = limits;
  return (max !== null && temperature > max) || (min !== null && temperature < min);
}
