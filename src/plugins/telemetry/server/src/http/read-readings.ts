/** The body of `POST …/readings`: each reading is judged by itself, so that one bad one does not cost the batch. */
import { z } from 'zod';
import { parse, type Parsed } from '../../../../../shared/http';
import { HUMIDITY_RANGE, hundredths, TEMPERATURE_RANGE, type Reading, type RejectedReading } from '../core/reading';

/** At most so many in one call; a device with more calls again. */
const MOST = 1000;

const body = z.object({
  readings: z
    .array(z.unknown(), 'must be a list')
    .min(1, 'must have at least one reading')
    .max(MOST, `must have at most ${MOST} readings`),
});

const time = z.iso.datetime({ offset: true });
/** Beyond these no clock is meant, and the date types of others end. Which times are stored, the database's clock decides. */
const EARLIEST = Date.UTC(2000, 0);
const LATEST = Date.UTC(2200, 0);

export interface ReadBatch {
  readonly readings: readonly Reading[];
  /** The place in the batch of each of `readings`. */
  readonly places: readonly number[];
  readonly rejected: readonly RejectedReading[];
}

export function readBatch(given: unknown): Parsed<ReadBatch> {
  const parsed = parse(body, given ?? {});
  if (!parsed.ok) return parsed;
  const readings: Reading[] = [];
  const places: number[] = [];
  const rejected: RejectedReading[] = [];
  parsed.value.readings.forEach((one, index) => {
    const result = readOne(one);
    if ('code' in result) rejected.push({ index, ...result });
    else {
      readings.push(result);
      places.push(index);
    }
  });
  return { ok: true, value: { readings, places, rejected } };
}

function readOne(given: unknown): Reading | Omit<RejectedReading, 'index'> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return { field: 'reading', code: 'not_an_object' };
  }
  const { at: when, temperature, humidity = null } = given as Record<string, unknown>;
  const text = time.safeParse(when);
  const at = text.success ? Date.parse(text.data) : NaN;
  if (Number.isNaN(at)) return { field: 'at', code: 'not_a_time' };
  if (at < EARLIEST) return { field: 'at', code: 'too_old' };
  if (at > LATEST) return { field: 'at', code: 'in_future' };
  const wrong =
    faultOf(temperature, 'temperature', TEMPERATURE_RANGE) ??
    (humidity === null ? undefined : faultOf(humidity, 'humidity', HUMIDITY_RANGE));
  if (wrong) return wrong;
  return {
    at,
    temperature: hundredths(Number(temperature)),
    humidity: humidity === null ? null : hundredths(Number(humidity)),
  };
}

function faultOf(
  value: unknown,
  field: 'temperature' | 'humidity',
  { min, max }: { readonly min: number; readonly max: number },
): Omit<RejectedReading, 'index'> | undefined {
  if (typeof value !== 'number' || Number.isNaN(value)) return { field, code: 'not_a_number' };
  return value < min || value > max ? { field, code: 'out_of_range' } : undefined;
}
