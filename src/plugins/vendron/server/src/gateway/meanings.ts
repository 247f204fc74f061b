/**
 * What each result and push of the wire means.
 *
 * The name says what a frame is; its status may only confirm that. A name that says yes over a status that says no (or a
 * cancellation that lists products) is `contradictory`: acting on either half could give goods away or charge for none,
 * so nothing is done and the purchase waits for a better frame or its deadline. A name that says no is a no whatever its
 * status. Where the parts that a decision rests on are missing (the session of `begun`, the list of a basket), the frame
 * is `malformed`.
 */
import type { EventKind, FramedSignal } from '../../../../purchases/server/src/ports';
import { readItems } from './items';
import { readRefusal, stateOf } from './refusals';
import type { Result } from './result';
import { asNumber, asText } from './wire-values';

type Framing = 'record' | 'session' | 'ref';
type Unframed<S> = S extends { kind: 'noise' } ? never : S extends FramedSignal ? Omit<S, Framing> : never;

/** A signal without the frame it came in, or noise with its outcome. */
export type Meaning = Unframed<FramedSignal> | Noise;

export interface Noise {
  readonly kind: 'noise';
  readonly outcome: 'malformed' | 'contradictory';
}

export interface FrameKind {
  readonly record: EventKind;
  readonly read: (result: Result) => Meaning;
}

const MALFORMED: Noise = { kind: 'noise', outcome: 'malformed' };
const CONTRADICTORY: Noise = { kind: 'noise', outcome: 'contradictory' };
const OPEN = new Set(['UNLOCKED', 'OPENED', 'OPEN']);
const SHUT = new Set(['LOCKED', 'CLOSED']);

/** The frames that are known, by the name they carry in `command`. */
export const MEANINGS: ReadonlyMap<string, FrameKind> = new Map<string, FrameKind>([
  ['check_machine_state_success', { record: 'result', read: machineFree }],
  ['check_machine_state_error', { record: 'result', read: machineRefused }],
  ['smart_fridge_request_begun', { record: 'result', read: begun }],
  ['smart_fridge_request_error', { record: 'result', read: refusedAt('request') }],
  ['smart_fridge_door_open_success', { record: 'result', read: (r) => door(r, 'unlocked', SHUT) }],
  ['smart_fridge_door_open_error', { record: 'result', read: refusedAt('door') }],
  ['smart_fridge_product_taken', { record: 'push', read: basket }],
  ['smart_fridge_door_close_success', { record: 'push', read: (r) => door(r, 'locked', OPEN) }],
  ['smart_fridge_request_completed', { record: 'push', read: completed }],
]);

function machineFree(result: Result): Meaning {
  const free = result.status === 'success' || result.status === 'absent';
  return free ? { kind: 'machine', state: 'available', refusal: null } : machineRefused(result);
}

function machineRefused(result: Result): Meaning {
  const refusal = readRefusal(result.error);
  return { kind: 'machine', state: stateOf(refusal), refusal };
}

function refusedAt(stage: 'request' | 'door'): (result: Result) => Meaning {
  return (result) => ({ kind: 'refused', stage, refusal: readRefusal(result.error) });
}

function begun(result: Result): Meaning {
  return doubt(result) ?? (result.session === null ? MALFORMED : { kind: 'begun' });
}

function door(result: Result, kind: 'unlocked' | 'locked', opposite: ReadonlySet<string>): Meaning {
  const status = asText(result.data?.['door_status'], 20)?.toUpperCase();
  return doubt(result) ?? (status !== undefined && opposite.has(status) ? CONTRADICTORY : { kind });
}

function basket(result: Result): Meaning {
  const items = readItems(result.json?.['list']);
  return doubt(result) ?? (items ? { kind: 'basket', items } : MALFORMED);
}

function completed(result: Result): Meaning {
  const items = readItems(result.data?.['transaction_product']);
  const failed =
    result.status === 'failure' || (result.status === 'absent' && asNumber(result.error?.['code']) !== null);
  if (failed) return items?.length ? CONTRADICTORY : { kind: 'ended', refusal: readRefusal(result.error) };
  if (!items || result.status === 'unreadable') return MALFORMED;
  return { kind: 'completed', items, total: asText(result.data?.['transaction_total'], 64) };
}

/** Why a frame whose name says yes is not believed, or null. */
function doubt(result: Result): Noise | null {
  if (result.status === 'failure') return CONTRADICTORY;
  return result.status === 'unreadable' ? MALFORMED : null;
}
