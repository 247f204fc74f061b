import type { Core } from '@strapi/strapi';
import { refuse, visibleUserId, type Parsed } from '../../../../../shared/http';
import { parseInvoiceId, parseInvoiceSearch } from '../invoices/parse-search';
import { findInvoice, searchInvoices } from '../invoices/read-invoices';
import { throughChain, type ChainContext } from './chain';

interface InvoiceContext extends ChainContext {
  readonly query: unknown;
  type: string;
}

/** Own invoices for a customer, all of them for a front end. */
export const invoices = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `GET /billing/invoices` */
  find: (ctx: InvoiceContext) =>
    throughChain(
      strapi,
      ctx,
      (caller) => forNobody(parseInvoiceSearch(ctx.query, caller)),
      async ({ request, billing }) => sendJson(ctx, await searchInvoices(billing.parts.database, request)),
    ),

  /** `GET /billing/invoices/:id`; somebody else's is not there. */
  findOne: (ctx: InvoiceContext) =>
    throughChain(
      strapi,
      ctx,
      () => forNobody(parseInvoiceId(ctx.params)),
      async ({ request, caller, billing }) => {
        const json = await findInvoice(billing.parts.database, request.id, visibleUserId(caller));
        if (json === undefined) return refuse(ctx, 404, 'invoice_not_found', 'There is no such invoice.');
        sendJson(ctx, json);
      },
    ),
});

/** Reading is for whoever asks: nobody is named. */
function forNobody<Value extends object>(parsed: Parsed<Value>): Parsed<Value & { readonly user: null }> {
  return parsed.ok ? { ok: true, value: { ...parsed.value, user: null } } : parsed;
}

/** Text that is JSON already. */
function sendJson(ctx: InvoiceContext, json: string): void {
  ctx.status = 200;
  ctx.type = 'application/json';
  ctx.body = json;
}
