/** One line of a table: column names are its keys. */
export type Row = Readonly<Record<string, string | number>>;

/** A table in plain text; numbers to the right. */
export function renderTable(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const cells = [columns, ...rows.flatMap((row) => wrapped(columns.map((column) => cellOf(row[column]))))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  const isNumeric = columns.map((column) => rows.every((row) => typeof row[column] === 'number'));
  const pad = (text: string, index: number) =>
    isNumeric[index] ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0);
  const lines = cells.map((line) => `  ${line.map(pad).join('   ').trimEnd()}`);
  lines.splice(1, 0, `  ${widths.map((width) => '─'.repeat(width)).join('   ')}`);
  return lines.join('\n');
}

const WIDEST = 110;

/** A line of cells as several lines, where a cell is a list too long for one. */
function wrapped(cells: readonly string[]): string[][] {
  const broken = cells.map((cell) => {
    const lines = [''];
    for (const part of cell.split(/(?<=, )/)) {
      if ((lines.at(-1)?.length ?? 0) + part.length > WIDEST) lines.push('');
      lines.push((lines.pop() ?? '') + part);
    }
    return lines;
  });
  const height = Math.max(...broken.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) => broken.map((lines) => lines[line] ?? ''));
}

/** Four digits are more than such a measurement has. */
function cellOf(value: string | number | undefined): string {
  if (typeof value !== 'number') return value ?? '';
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString('en');
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
