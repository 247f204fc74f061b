import { z } from 'zod';
import { parse, storableText, type Parsed } from '../../../../../shared/http';
import type { LotDecision, LotOrder } from '../lots/decide';

const path = z.object({ id: storableText(120) });
const order = path.extend(z.strictObject({ reason: storableText(255) }).shape);
const query = z.strictObject({ code: storableText(80).optional(), sku: storableText(120).optional() });

/** `POST /lots/:id/<decision>`: a reason, always. */
export function parseLotOrder(params: unknown, body: unknown, decision: LotDecision): Parsed<LotOrder> {
  const given = parse(order, { ...Object(body), ...Object(params) });
  if (!given.ok) return given;
  return { ok: true, value: { lotId: given.value.id, decision, reason: given.value.reason } };
}

/** `GET /lots?code=&sku=` */
export function parseLotSearch(asked: unknown): Parsed<{ code: string | null; sku: string | null }> {
  const given = parse(query, asked);
  return given.ok ? { ok: true, value: { code: given.value.code ?? null, sku: given.value.sku ?? null } } : given;
}

/** The lot that a path names. */
export function parseLot(params: unknown): Parsed<{ id: string }> {
  return parse(path, params);
}
