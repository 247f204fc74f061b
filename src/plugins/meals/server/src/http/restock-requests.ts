import { z } from 'zod';
import { parse, storableText, type FieldFault, type Parsed } from '../../../../../shared/http';
import type { Counted } from '../core/plan-count';
import type { ItemIn } from '../core/plan-in';
import type { RestockOrder } from '../restock/call';
import type { OutBody } from '../restock/scan-out';
import { barcode, parseItem, quantity } from './item-schema';

/** More than anybody scans before they send; a delivery comes as a file. */
const MOST = 500;

const path = z.object({ id: storableText(120) });
const header = z.object({ 'Idempotency-Key': storableText(255).optional() });
const start = path.extend(z.strictObject({ note: storableText(255).nullish() }).shape);

/** The id in the path of a call. */
export function parsePath(params: unknown): Parsed<{ id: string }> {
  return parse(path, params);
}

/** `POST /machines/:id/restocks` */
export function parseStart(params: unknown, body: unknown): Parsed<{ id: string; note: string | null }> {
  const given = parse(start, { ...Object(body), ...Object(params) });
  return given.ok ? { ok: true, value: { id: given.value.id, note: given.value.note ?? null } } : given;
}

/** What a call on a restock is made of. */
export interface RestockCallParts {
  readonly params: unknown;
  readonly body: unknown;
  readonly keyHeader: string;
  readonly by: string;
}

const items = z
  .array(z.unknown(), 'must be a list')
  .min(1, 'must not be empty')
  .max(MOST, `must have at most ${MOST} entries`);
const inBody = z.strictObject({ items });

/** `POST /restocks/:id/in` */
export function parseIn(call: RestockCallParts): Parsed<RestockOrder<readonly ItemIn[]>> {
  const given = parse(inBody, call.body ?? {});
  if (!given.ok) return given;
  const parsed = given.value.items.map(parseItem);
  const faults = parsed.flatMap((item, index) =>
    item.ok ? [] : item.faults.map((fault) => ({ ...fault, field: below(`items.${index}`, fault.field) })),
  );
  if (faults.length > 0) return { ok: false, faults };
  const body = parsed.flatMap((item) => (item.ok ? [item.value] : []));
  return orderOf(
    call,
    body,
    body.some((item) => item.barcode === null),
  );
}

const outItem = z
  .strictObject({
    barcode: barcode.nullish(),
    sku: storableText(120).nullish(),
    quantity: quantity(1).nullish(),
    kind: z.enum(['removed', 'spoiled'], 'must be removed or spoiled').default('removed'),
  })
  .superRefine((item, check) => {
    const fault = (field: string, message: string) => check.addIssue({ code: 'custom', path: [field], message });
    const isMeal = (item.barcode ?? null) !== null;
    const isCounted = (item.quantity ?? null) !== null;
    if (isMeal && isCounted) fault('quantity', 'must be left out with a barcode');
    if (!isMeal && (item.sku ?? null) === null) fault('barcode', 'is needed, or sku and quantity');
    else if (!isMeal && !isCounted) fault('quantity', 'is needed without a barcode');
  });
const outBody = z.strictObject({
  items: z.array(outItem, 'must be a list').min(1, 'must not be empty').max(MOST, `must have at most ${MOST} entries`),
  reason: storableText(255).nullish(),
});

/** `POST /restocks/:id/out` */
export function parseOut(call: RestockCallParts): Parsed<RestockOrder<OutBody>> {
  const given = parse(outBody, call.body ?? {});
  if (!given.ok) return given;
  const out = given.value.items.map((item) => ({
    barcode: item.barcode ?? null,
    sku: item.sku ?? null,
    quantity: item.quantity ?? 1,
    kind: item.kind,
  }));
  const isCounted = out.some((item) => item.barcode === null);
  return orderOf(call, { items: out, reason: given.value.reason ?? null }, isCounted);
}

const countBody = z
  .strictObject({
    barcodes: z.array(barcode, 'must be a list').max(2000, 'must have at most 2000 entries').nullish(),
    products: z
      .array(z.strictObject({ sku: storableText(120), quantity: quantity(0) }), 'must be a list')
      .max(MOST, `must have at most ${MOST} entries`)
      .refine((list) => new Set(list.map(({ sku }) => sku)).size === list.length, 'must name a product once')
      .nullish(),
  })
  .refine(({ barcodes, products }) => (barcodes ?? products ?? null) !== null, {
    path: ['barcodes'],
    message: 'is needed, or products',
  });

/** `POST /restocks/:id/count` */
export function parseCount(call: RestockCallParts): Parsed<RestockOrder<Counted>> {
  const given = parse(countBody, call.body ?? {});
  if (!given.ok) return given;
  return orderOf(call, { barcodes: given.value.barcodes ?? null, products: given.value.products ?? [] }, false);
}

function orderOf<Body>(
  { params, keyHeader, by }: RestockCallParts,
  body: Body,
  needsKey: boolean,
): Parsed<RestockOrder<Body>> {
  const where = parse(path, params);
  const key = parse(header, { 'Idempotency-Key': keyHeader === '' ? undefined : keyHeader });
  if (!where.ok || !key.ok) return { ok: false, faults: [where, key].flatMap((part) => (part.ok ? [] : part.faults)) };
  const idempotencyKey = key.value['Idempotency-Key'] ?? null;
  if (needsKey && idempotencyKey === null) {
    const message = 'is needed with a quantity: sent twice without it, it would count twice';
    return { ok: false, faults: [{ field: 'Idempotency-Key', message }] };
  }
  return { ok: true, value: { restockId: where.value.id, by, idempotencyKey, body } };
}

function below(entry: string, field: FieldFault['field']): string {
  return field === 'body' ? entry : `${entry}.${field}`;
}
