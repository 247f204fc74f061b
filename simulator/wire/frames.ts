import { cents } from '../money';
import type { Random } from '../random';
import type { ProductSpec } from '../catalogue';
import type { Refusal } from './codes';
import { stepOf, type CommandName, type FrameKind } from './names';

/** A product in a basket, as the wire writes it. */
export interface Line {
  vpn: string;
  unit_price: string;
  name: string;
}

export interface JsonData {
  code: number;
  message: string;
  data?: unknown;
  list?: Line[];
}

export interface ResultData {
  status: number | string;
  error_data: [] | { code: number | string; message: string };
  json_data: [] | JsonData;
}

/** A frame from the cloud: an acknowledgement (`respond`) or a result or push (`command`). */
export type WireFrame =
  | { respond: string; respond_data: { ack_status: number; ack_code: string }; ref?: unknown }
  | { command: string; command_data: ResultData; ref?: unknown };

/** A frame on its way out, with what the faults want done to it. */
export interface Outgoing {
  kind: FrameKind;
  body: WireFrame;
  /** Bytes that go out in place of `body`. */
  raw?: string | Buffer;
  /** What logs call the frame where its body would mislead. */
  label?: string;
  delayMs?: number;
  /** Later frames may pass this one while it waits. */
  overtake?: boolean;
  /** Held for so many milliseconds, with others of its session, and sent in another order. */
  shuffle?: { ms: number; random: Random };
  cut?: { when: 'before' | 'after'; mode: CutMode; ms: number };
}

/** How a line breaks: a close frame, a vanished peer, or one that stays connected and deaf. */
export type CutMode = 'close' | 'terminate' | 'half-open';

/** "Read, not done": PUBLIC007 for the state check, PUBLIC011 for the two others. */
export function acknowledgement(command: CommandName, ref: unknown): Outgoing {
  const code = command === 'check_machine_state' ? 'PUBLIC007' : 'PUBLIC011';
  const body: WireFrame = { respond: command, respond_data: { ack_status: 1, ack_code: code }, ref };
  return { kind: `${stepOf(command)}-ack`, body };
}

/** A result or push that says yes. */
export function success(kind: FrameKind, name: string, rest: Omit<JsonData, 'code'>, ref: unknown): Outgoing {
  const json_data = { code: 1, ...rest };
  return { kind, body: { command: name, command_data: { status: 1, error_data: [], json_data }, ref } };
}

/** A result or push that says no. */
export function failure(kind: FrameKind, name: string, why: Refusal, ref: unknown): Outgoing {
  const text = why.as === 'string';
  const error_data = { code: text ? String(why.code) : why.code, message: why.message };
  return { kind, body: { command: name, command_data: { status: text ? '0' : 0, error_data, json_data: [] }, ref } };
}

/** The basket as lines of the wire. */
export function toLines(products: readonly ProductSpec[]): Line[] {
  return products.map(({ vpn, unitPrice, name }) => ({ vpn, unit_price: unitPrice, name }));
}

/** The sum of the lines in major units, as the wire writes totals (9.1, not "9.10"). */
export function totalOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + cents(line.unit_price), 0) / 100;
}

/** The name a frame goes by in logs. */
export function frameName({ body, label }: Outgoing): string {
  if (label !== undefined) return label;
  return 'respond' in body ? `${body.respond} (acknowledged)` : body.command;
}
