import type { LogLine } from '../journal';

const ARROWS = { in: '->', out: '<-', note: '--' } as const;

/** One line for a terminal: time, direction (`->` to the cloud, `<-` from it), line, machine, name. */
export function formatLine({ at, direction, connection, machine, name }: LogLine): string {
  const time = new Date(at).toISOString().slice(11, 23);
  const line = connection === undefined ? '' : `#${connection}`;
  return `${time} ${ARROWS[direction]} ${line.padEnd(5)} ${printable(machine ?? '').padEnd(6)} ${printable(name)}`;
}

/** A uid comes from whoever connects: control characters in it would play with the terminal. */
function printable(text: string): string {
  return text.slice(0, 100).replace(/\p{Cc}/gu, '?');
}
