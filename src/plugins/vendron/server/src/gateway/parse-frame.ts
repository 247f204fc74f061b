/** The edge: bytes off a socket become a frame whose shape is known, scrubbed, or a frame that is not readable and why. */
import { asObject, type JsonObject } from './wire-values';
import type { CutFrame, Scrubber } from './scrub';

/** Larger text frames are not parsed, in bytes. */
export const PARSE_LIMIT = 256 * 1024;

/** Deeper frames are not read: each level costs stack in whoever walks the stored frame later. */
export const DEPTH_LIMIT = 32;

export type Frame =
  /** `{ respond, respond_data, ref }`: the cloud has read a command. */
  | (Named & { readonly kind: 'acknowledgement' })
  /** `{ command, command_data, ref }`: a result or a push. */
  | (Named & { readonly kind: 'command' })
  | { readonly kind: 'unreadable'; readonly outcome: Unreadable; readonly data: unknown };

export type Unreadable = 'malformed' | 'oversized' | 'binary' | 'too_deep';

interface Named {
  readonly name: string;
  /** `respond_data` or `command_data`; null where no object stands there. */
  readonly body: JsonObject | null;
  readonly ref: string | null;
  /** The whole frame, scrubbed. */
  readonly data: JsonObject;
}

/** Reads one frame. Never throws. */
export function parseFrame(scrubber: Scrubber, data: Buffer, binary: boolean): Frame {
  if (binary) return unreadable('binary', scrubber.cutBinary(data));
  if (data.length > PARSE_LIMIT) return unreadable('oversized', scrubber.cutText(data));
  const text = data.toString('utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return unreadable('malformed', scrubber.cutText(data));
  }
  if (nestsDeeper(parsed, DEPTH_LIMIT)) return unreadable('too_deep', scrubber.cutText(data));

  const clean = scrubber.isClean(text) ? parsed : scrubber.tree(parsed);
  const frame = asObject(clean);
  if (!frame) return { kind: 'unreadable', outcome: 'malformed', data: clean };
  const ref = typeof frame['ref'] === 'string' ? frame['ref'] : null;
  const { command, respond } = frame;
  if (typeof command === 'string') {
    return { kind: 'command', name: command, body: asObject(frame['command_data']), ref, data: frame };
  }
  if (typeof respond === 'string') {
    return { kind: 'acknowledgement', name: respond, body: asObject(frame['respond_data']), ref, data: frame };
  }
  return { kind: 'unreadable', outcome: 'malformed', data: frame };
}

function unreadable(outcome: Unreadable, data: CutFrame): Frame {
  return { kind: 'unreadable', outcome, data };
}

function nestsDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const inner of Object.values(value)) if (nestsDeeper(inner, levels - 1)) return true;
  return false;
}
