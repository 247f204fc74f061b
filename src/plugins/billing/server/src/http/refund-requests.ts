import { z } from 'zod';
import { parse, storableText, type Parsed } from '../../../../../shared/http';
import { MAX_AMOUNT } from '../../../../../shared/money';
import { LINE_KINDS } from '../core/refund';
import type { RefundOrder } from '../refunds/request';

const whole = (max: number) =>
  z
    .number('must be a whole number')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(max, `must be at most ${max}`);

const line = z.strictObject({
  sku: storableText(120),
  quantity: whole(1000),
  kind: z.enum(LINE_KINDS, `must be one of ${LINE_KINDS.join(', ')}`).optional(),
});

/** A misspelt `amount` would give everything back: what is unknown is refused. */
const body = z
  .strictObject({
    amount: whole(MAX_AMOUNT).nullish(),
    lines: z
      .array(line, 'must be a list')
      .min(1, 'must name at least one product')
      .max(100, 'must name at most 100 products')
      .refine(
        (lines) => new Set(lines.map(({ sku, kind }) => JSON.stringify([sku, kind]))).size === lines.length,
        'must name a line once',
      )
      .nullish(),
    reason: storableText(500),
  })
  .refine(({ amount, lines }) => (amount ?? null) === null || (lines ?? null) === null, {
    path: ['amount'],
    message: 'cannot be given together with lines',
  });

const path = z.object({ id: storableText(120) });
const header = z.object({ 'Idempotency-Key': storableText(255) });

/** `POST …/refunds`. The key is needed: without one, a request sent twice would give money back twice. */
export function parseRefund(
  params: unknown,
  given: unknown,
  keyHeader: string,
  requestedBy: string,
): Parsed<RefundOrder> {
  const parts = [
    parse(path, params),
    parse(body, given ?? {}),
    parse(header, { 'Idempotency-Key': keyHeader }),
  ] as const;
  const [where, what, key] = parts;
  if (!where.ok || !what.ok || !key.ok) {
    return { ok: false, faults: parts.flatMap((part) => (part.ok ? [] : part.faults)) };
  }
  const { amount, lines, reason } = what.value;
  return {
    ok: true,
    value: {
      transactionId: where.value.id,
      amount: amount ?? null,
      lines: lines ?? null,
      reason,
      requestedBy,
      idempotencyKey: key.value['Idempotency-Key'],
    },
  };
}

/** The purchase's id or ref, from the path. */
export function parseTransaction(params: unknown): Parsed<{ id: string }> {
  return parse(path, params);
}
