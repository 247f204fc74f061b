/** The `command_data` of a result or push: `{ status, error_data, json_data }`, each of which may be oddly written. */
import { asNumber, asObject, asText, objectOrFirst, type JsonObject } from './wire-values';

export interface Result {
  /** 1 is success and 0 is failure, as number or text; a status may also be absent, or something else altogether. */
  readonly status: 'success' | 'failure' | 'absent' | 'unreadable';
  readonly json: JsonObject | null;
  /** `json_data.data`, bare or the first of an array. */
  readonly data: JsonObject | null;
  readonly error: JsonObject | null;
  readonly session: string | null;
}

/** Reads a result's parts. Never throws. */
export function readResult(body: JsonObject): Result {
  const json = asObject(body['json_data']);
  const data = objectOrFirst(json?.['data']);
  const error = asObject(body['error_data']);
  const session = asText(data?.['session'] ?? json?.['session'], 255);
  return { status: readStatus(body['status']), json, data, error, session };
}

function readStatus(status: unknown): Result['status'] {
  if (status === undefined || status === null) return 'absent';
  const number = asNumber(status);
  if (number === 1) return 'success';
  return number === 0 ? 'failure' : 'unreadable';
}
