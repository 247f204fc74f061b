import { randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { parse, refuseFields } from '../../../../../shared/http';
import { languageOf } from '../../../../../shared/pages/language';
import { labelPage } from '../labels/page';
import { stockPartsOf } from '../services/stock-parts';
import { findLabels } from '../store/labels';
import { operatorOf, type Context } from './context';
import { barcode } from './item-schema';

const query = z.strictObject({
  barcodes: z
    .string('must be a list like a,b,c')
    .transform((text) => text.split(','))
    .pipe(z.array(barcode).max(200, 'must be at most 200')),
  lang: z.enum(['en', 'fr'], 'must be en or fr').optional(),
});

interface PageContext extends Context {
  type: string;
  set(headers: Readonly<Record<string, string>>): void;
}

/** Nothing runs on the page, nothing is loaded, nothing of it is kept. */
const headers = (nonce: string) => ({
  'Content-Security-Policy': `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex',
  Vary: 'Accept-Language',
});

export const labels = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `GET /meals/labels?barcodes=a,b,c`: a page to be printed. */
  async find(ctx: PageContext) {
    if (operatorOf(ctx) === null) return;
    const asked = parse(query, ctx.query);
    if (!asked.ok) return refuseFields(ctx, asked.faults);
    const { barcodes, lang } = asked.value;
    const known = await findLabels(stockPartsOf(strapi).database, barcodes);
    const unknown = barcodes.flatMap((one, index) =>
      known.has(one) ? [] : [{ field: `barcodes.${index}`, message: 'is not known' }],
    );
    if (unknown.length > 0) return refuseFields(ctx, unknown);
    const nonce = randomBytes(16).toString('base64');
    const language = languageOf(lang, ctx.get('accept-language'));
    ctx.set({ ...headers(nonce), 'Content-Language': language });
    ctx.status = 200;
    ctx.type = 'text/html; charset=utf-8';
    ctx.body = labelPage(
      barcodes.flatMap((one) => known.get(one) ?? []),
      language,
      nonce,
    );
  },
});
