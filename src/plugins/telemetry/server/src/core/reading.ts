/** What a fridge's sensors said at one moment. In hundredths, as it is stored: whole numbers have no rounding to argue about. */
export interface Reading {
  /** By the device's clock, in milliseconds since 1970. */
  readonly at: number;
  /** Hundredths of a degree Celsius. */
  readonly temperature: number;
  /** Hundredths of a per cent of relative humidity; null where there is no such sensor. */
  readonly humidity: number | null;
}

/** One reading of a batch that was not taken in. */
export interface RejectedReading {
  /** Its place in the batch, from 0. */
  readonly index: number;
  readonly field: 'reading' | 'at' | 'temperature' | 'humidity';
  readonly code: RejectionCode;
}

export type RejectionCode =
  | 'not_an_object'
  | 'not_a_time' // no ISO 8601 time with its zone
  | 'in_future' // the device's clock is ahead of ours by more than {@link FUTURE_MINUTES}
  | 'too_old' // older than readings are kept
  | 'not_a_number'
  | 'out_of_range'; // nothing that a sensor of a fridge can mean

export const REJECTIONS: Readonly<Record<RejectionCode, string>> = {
  not_an_object: 'must be an object with at and temperature',
  not_a_time: 'must be a time like 2026-11-21T10:04:28Z, with its zone',
  in_future: 'lies in the future: please set the clock by the answer’s time',
  too_old: 'is older than readings are kept',
  not_a_number: 'must be a number',
  out_of_range: 'is nothing that this sensor can measure',
};

/** A clock may be ahead of the database's by so much. */
export const FUTURE_MINUTES = 5;

/** What is believed of a sensor: °C, and per cent. */
export const TEMPERATURE_RANGE = { min: -60, max: 80 } as const;
export const HUMIDITY_RANGE = { min: 0, max: 100 } as const;

export const hundredths = (value: number) => Math.round(value * 100);
