import { z } from 'zod';
import { parse, storableText, type FieldFault, type Parsed } from '../../../../../shared/http';
import type { BadRow, Delivery, DeliveryRow } from '../deliveries/import';
import { COLUMNS, readCsv, type RawRow } from '../deliveries/read-csv';
import { parseItem } from './item-schema';

const MOST = 5000;

const flag = z
  .enum(['true', 'false'], 'must be true or false')
  .default('false')
  .transform((text) => text === 'true');
const query = z.strictObject({ id: storableText(120), dryRun: flag, strict: flag });
const json = z.strictObject({ rows: z.array(z.unknown(), 'must be a list') }, 'must be CSV as text/csv, or { rows }');

export type DeliveryRequest = Omit<Delivery, 'fridge' | 'by'> & { readonly machineKey: string };

/** `POST /machines/:id/deliveries`: CSV as `text/csv`, or `{ rows }` with entries like those of `POST …/in`. */
export function parseDelivery(params: unknown, asked: unknown, body: unknown): Parsed<DeliveryRequest> {
  const how = parse(query, { ...Object(asked), ...Object(params) });
  if (!how.ok) return how;
  const isFile = typeof body === 'string';
  const raw = isFile ? rawOfCsv(body) : rawOfJson(body);
  if (!raw.ok) return raw;
  if (raw.value.length === 0) return fault('rows', 'must not be empty');
  if (raw.value.length > MOST) return fault('rows', `must be at most ${MOST}`);
  const rows: DeliveryRow[] = [];
  const bad: BadRow[] = [];
  for (const { row, values, isTooLong } of raw.value) {
    if (isTooLong) {
      bad.push({ row, field: 'row', code: 'invalid', message: 'has more cells than there are headers' });
      continue;
    }
    const item = parseItem({ barcode: '', ...values });
    if (item.ok) rows.push({ row, item: item.value });
    else bad.push(...item.faults.map(({ field, message }) => ({ row, field, code: 'invalid', message })));
  }
  const { id, dryRun, strict } = how.value;
  return { ok: true, value: { machineKey: id, rows, bad, isDryRun: dryRun, isStrict: strict } };
}

function rawOfCsv(text: string): Parsed<readonly RawRow[]> {
  const read = readCsv(text);
  return read.ok ? { ok: true, value: read.rows } : fault(read.field, read.message);
}

function rawOfJson(body: unknown): Parsed<readonly RawRow[]> {
  const given = parse(json, body);
  if (!given.ok) return given;
  const rows = given.value.rows.map((row, index) => ({
    row: index + 1,
    values: typeof row === 'object' && row !== null ? { ...row } : {},
    isTooLong: false,
  }));
  return { ok: true, value: rows };
}

function fault(field: FieldFault['field'], message: string): { readonly ok: false; readonly faults: FieldFault[] } {
  return { ok: false, faults: [{ field, message }] };
}

const HEADERS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(COLUMNS).map(([header, name]) => [name, header]),
);

/** As the caller wrote it: a file has headers, JSON has names. */
export function fieldInFile(field: string): string {
  return HEADERS[field] ?? field;
}
