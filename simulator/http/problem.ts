import { FaultError } from '../faults/registry';
import { SimulatorError } from '../errors';

/** An answer other than "yes", on its way to whoever asked. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }
}

const STATUS = {
  'unknown-machine': 404,
  'unknown-product': 400,
  'door-not-open': 409,
  'not-in-basket': 409,
  'no-line': 409,
  'not-on-shelf': 409,
  'no-shelf': 409,
  'no-device': 409,
  'wrong-device': 400,
  'larder-refused': 502,
  timeout: 504,
} as const;

/** What went wrong, as an answer. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof SimulatorError) return new Problem(STATUS[error.kind], error.message, error.field);
  if (error instanceof FaultError) return new Problem(400, error.message, error.field);
  return new Problem(500, 'The simulator could not do that. Its own log says why.');
}
