import { totalOf, type JsonData, type Line, type Outgoing } from './frames';

interface Settled {
  transaction_total: unknown;
  transaction_product: unknown;
}

/** Whether a frame says yes (an acknowledgement counts). */
export function saysYes({ body }: Outgoing): boolean {
  return 'respond' in body || !Array.isArray(body.command_data.json_data);
}

/** The lines of a basket or completion; undefined of any other frame. */
export function linesIn(frame: Outgoing): Line[] | undefined {
  const json = jsonOf(frame);
  if (json?.list) return json.list;
  const settled = json && settledOf(json);
  return settled && (settled.transaction_product as Line[]);
}

/** A copy of a frame with other lines, and with the total that belongs to them. */
export function withLines(frame: Outgoing, change: (lines: Line[]) => Line[]): Outgoing {
  const copy = { ...frame, body: structuredClone(frame.body) };
  const json = jsonOf(copy);
  const settled = json && settledOf(json);
  if (json?.list) json.list = change(json.list);
  if (settled) {
    const lines = change(settled.transaction_product as Line[]);
    settled.transaction_product = lines;
    settled.transaction_total = totalOf(lines);
  }
  return copy;
}

/** A copy of a completion with some of its fields changed; any other frame as it is. */
export function withSettled(frame: Outgoing, change: Record<string, unknown>): Outgoing {
  const copy = { ...frame, body: structuredClone(frame.body) };
  const json = jsonOf(copy);
  const settled = json && settledOf(json);
  if (settled) Object.assign(settled, change);
  return copy;
}

function jsonOf({ body }: Outgoing): JsonData | undefined {
  if ('respond' in body || Array.isArray(body.command_data.json_data)) return undefined;
  return body.command_data.json_data;
}

function settledOf({ data }: JsonData): Settled | undefined {
  const holds = typeof data === 'object' && data !== null && 'transaction_product' in data;
  return holds ? (data as Settled) : undefined;
}
