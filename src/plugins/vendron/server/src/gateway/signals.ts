/** From a frame to the signal it gives: what it means, and the record of it that can be stored. */
import type { EventKind, EventRecord, FramedSignal } from '../../../../purchases/server/src/ports';
import { COMMAND_NAMES } from './commands';
import { MEANINGS, type Meaning } from './meanings';
import { parseFrame, type Frame } from './parse-frame';
import { MESSAGE_LENGTH } from './refusals';
import { readResult } from './result';
import { cutTo, type Scrubber } from './scrub';
import { asNumber, asText, type JsonObject } from './wire-values';

/** Reads what a socket received. Never throws; whatever cannot be acted on is `noise`. */
export type SignalReader = (data: Buffer, binary: boolean) => FramedSignal;

/** A reader whose signals and records are scrubbed of the token. */
export function createSignalReader(scrubber: Scrubber): SignalReader {
  return (data, binary) => toSignal(parseFrame(scrubber, data, binary));
}

/** The signal of a frame. */
export function toSignal(frame: Frame): FramedSignal {
  if (frame.kind === 'unreadable') {
    const record = recordOf('orphan', `frame.${frame.outcome}`, frame.outcome, null, frame.data);
    return { kind: 'noise', record, session: null, ref: null };
  }
  const ref = frame.ref === null ? null : cutTo(frame.ref, 255);
  return frame.kind === 'acknowledgement' ? acknowledgement(frame, ref) : result(frame, ref);
}

type Named<K> = Extract<Frame, { kind: K }>;

function acknowledgement(frame: Named<'acknowledgement'>, ref: string | null): FramedSignal {
  if (!COMMAND_NAMES.has(frame.name)) return unknown(frame.name, 'acknowledgement', frame.data, ref);
  const read = asNumber(frame.body?.['ack_status']) !== 0;
  const record = recordOf('acknowledgement', frame.name, read ? 'success' : 'refused', null, frame.data);
  return { kind: 'acknowledged', record, session: null, ref };
}

function result(frame: Named<'command'>, ref: string | null): FramedSignal {
  const known = MEANINGS.get(frame.name);
  if (!known) return unknown(frame.name, 'orphan', frame.data, ref);
  if (!frame.body) {
    const record = recordOf(known.record, frame.name, 'malformed', null, frame.data);
    return { kind: 'noise', record, session: null, ref };
  }
  const parts = readResult(frame.body);
  const { error, json, session } = parts;
  const meaning = known.read(parts);
  const message = asText(error?.['message'], MESSAGE_LENGTH) ?? asText(json?.['message'], MESSAGE_LENGTH);
  const record = recordOf(known.record, frame.name, outcomeOf(meaning), message, frame.data);
  return meaning.kind === 'noise' ? { kind: 'noise', record, session, ref } : { ...meaning, record, session, ref };
}

function unknown(name: string, kind: EventKind, data: JsonObject, ref: string | null): FramedSignal {
  const record = recordOf(kind, cutTo(name, 100) || 'frame.unknown_command', 'unknown_command', null, data);
  return { kind: 'noise', record, session: null, ref };
}

function outcomeOf(meaning: Meaning): string {
  if (meaning.kind === 'noise') return meaning.outcome;
  const refusal = 'refusal' in meaning ? meaning.refusal : null;
  if (!refusal) return 'success';
  return refusal.code === 'cancelled' ? 'cancelled' : 'refused';
}

function recordOf(kind: EventKind, name: string, outcome: string, message: string | null, data: unknown): EventRecord {
  return { kind, name, outcome, message, data };
}
