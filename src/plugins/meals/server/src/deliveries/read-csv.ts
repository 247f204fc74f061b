/** A delivery as a file: the CSV that spreadsheets write. */
import { parse } from 'csv-parse/sync';

/** The columns of a file, and what they are called in JSON. */
export const COLUMNS = {
  barcode: 'barcode',
  sku: 'sku',
  lot: 'lot',
  expires_at: 'expiresAt',
  area: 'area',
  customer: 'reservedFor',
  label_name: 'labelName',
} as const;

export interface RawRow {
  /** As a spreadsheet counts: the headers are row 1. */
  readonly row: number;
  /** By its name in JSON; what is empty is left out. */
  readonly values: Readonly<Record<string, unknown>>;
  /** More cells than headers: commas that should have been quoted. */
  readonly isTooLong: boolean;
}

export type ReadCsv =
  | { readonly ok: true; readonly rows: readonly RawRow[] }
  | { readonly ok: false; readonly field: string; readonly message: string };

/**
 * Reads a file with headers, in any order, separated by commas, semicolons (as spreadsheets in French write them) or tabs,
 * with or without a byte order mark. Empty lines are passed over.
 */
export function readCsv(text: string): ReadCsv {
  const [first = ''] = text.split(/\r?\n|\r/, 1);
  const delimiter = [',', ';', '\t'].reduce((best, one) => (count(first, one) > count(first, best) ? one : best));
  let records: string[][];
  try {
    records = parse(text, { bom: true, delimiter, relax_column_count: true, trim: true });
  } catch (error) {
    // csv-parse's own errors say what and where: an open quote, a quote in the middle of a cell.
    return { ok: false, field: 'body', message: `is no CSV that can be read: ${(error as Error).message}` };
  }
  const headers = (records[0] ?? []).map((header) => header.toLowerCase());
  const known: Readonly<Record<string, string>> = COLUMNS;
  const unknown = headers.find((header) => !Object.hasOwn(known, header));
  if (!headers.includes('barcode')) return { ok: false, field: 'barcode', message: 'must be one of the headers' };
  if (unknown !== undefined) {
    const message = `is no header that is known: ${Object.keys(COLUMNS).join(', ')}`;
    return { ok: false, field: unknown === '' ? 'headers' : unknown.slice(0, 80), message };
  }
  if (new Set(headers).size < headers.length) return { ok: false, field: 'headers', message: 'must differ' };
  const rows = records.slice(1).flatMap((cells, index): RawRow[] => {
    if (cells.every((cell) => cell === '')) return [];
    const values = Object.fromEntries(
      headers.flatMap((header, n) => (cells[n] ? [[known[header] ?? header, cells[n]]] : [])),
    );
    return [{ row: index + 2, values, isTooLong: cells.length > headers.length }];
  });
  return { ok: true, rows };
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}
