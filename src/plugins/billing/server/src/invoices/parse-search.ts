import { z } from 'zod';
import { parse, storableText, visibleUserId, type Caller, type Parsed } from '../../../../../shared/http';
import { INVOICE_STATES } from './invoice-row';
import type { InvoiceSearch } from './read-invoices';

const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], 'must be an ISO 8601 date or time')
  .transform((text) => new Date(text));

const query = z.strictObject({
  customer: storableText(120).optional(),
  state: z.enum(INVOICE_STATES, `must be one of ${INVOICE_STATES.join(', ')}`).optional(),
  from: moment.optional(),
  to: moment.optional(),
  page: z.coerce.number('must be a whole number').int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number('must be a whole number').int().min(1).max(100).default(25),
});

/** `GET /billing/invoices`. An unknown parameter is refused, because a misspelt filter would find everything. */
export function parseInvoiceSearch(given: unknown, caller: Caller): Parsed<InvoiceSearch> {
  const parsed = parse(query, given);
  if (!parsed.ok) return parsed;
  const { customer, state, from, to, page, pageSize } = parsed.value;
  return { ok: true, value: { customer, state, from, to, page, pageSize, onlyUserId: visibleUserId(caller) } };
}

const key = z.object({ id: storableText(120) });

/** An invoice's id, from the path. */
export function parseInvoiceId(params: unknown): Parsed<{ id: string }> {
  return parse(key, params);
}
