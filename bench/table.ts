/** One line of a table: column names are its keys. */
export type Row = Readonly<Record<string, string | number>>;

/** A table in plain text; numbers to the right. */
export function renderTable(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const cells = [columns, ...rows.map((row) => columns.map((column) => cellOf(row[column])))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  const isNumeric = columns.map((column) => rows.every((row) => typeof row[column] === 'number'));
  const pad = (text: string, index: number) =>
    isNumeric[index] ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0);
  const lines = cells.map((line) => `  ${line.map(pad).join('   ').trimEnd()}`);
  lines.splice(1, 0, `  ${widths.map((width) => '─'.repeat(width)).join('   ')}`);
  return lines.join('\n');
}

/** Four digits are more than such a measurement has. */
function cellOf(value: string | number | undefined): string {
  if (typeof value !== 'number') return value ?? '';
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString('en');
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
