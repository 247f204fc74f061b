/** Vendron's refusal codes: the one place that knows what each number means. */
import type { MachineState, Refusal, RefusalCode } from '../../../../purchases/server/src/ports';
import { asNumber, asText, type JsonObject } from './wire-values';

const CODES: ReadonlyMap<number, RefusalCode> = new Map([
  [-1, 'invalid_parameters'],
  [-2, 'invalid_token'],
  [-3, 'unknown_machine'],
  [-4, 'machine_offline'],
  [-5, 'machine_busy'],
  [-10, 'cancelled'],
  [-11, 'subscription_expired'],
]);

const STATES: ReadonlyMap<RefusalCode, MachineState> = new Map([
  ['machine_offline', 'offline'],
  ['machine_busy', 'busy'],
  ['subscription_expired', 'expired'],
]);

/** Messages of the vendor are kept to this many characters. */
export const MESSAGE_LENGTH = 500;

/**
 * The refusal in an `error_data` (`{ code, message }`, or `[]` where there is none). Codes that are not in the table, or
 * cannot be read, are `unknown_refusal`.
 */
export function readRefusal(errorData: JsonObject | null): Refusal {
  const number = asNumber(errorData?.['code']);
  // Not every number is a code: a column of 32 bits takes neither 1.5 nor 99999999999.
  const vendorCode = number !== null && (number | 0) === number ? number : null;
  const code = (vendorCode === null ? undefined : CODES.get(vendorCode)) ?? 'unknown_refusal';
  return { code, vendorCode, message: asText(errorData?.['message'], MESSAGE_LENGTH) };
}

/** What a refused state check says of the machine. `unknown` where the refusal is not about the machine. */
export function stateOf(refusal: Refusal): MachineState {
  return STATES.get(refusal.code) ?? 'unknown';
}
