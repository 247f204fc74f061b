/**
 * The pages for people. Ahead of Strapi's own stack, whose security headers and access log they must not have: an address
 * here has a token in it.
 */
import { randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { DatabaseUnavailable } from '../../../../../shared/sql';
import { adminRoutes } from '../admin/routes';
import { webOf } from '../services/web';
import { formHeaders, plainHeaders } from './headers';
import { languageOf } from '../../../../../shared/pages/language';
import { document } from './layout';
import { notFound, unavailable } from './messages';
import { writingOf, type Shown, type Writing } from './page';
import { show, type Visit } from './show';

const WITH_ID = /^\/billing\/(checkout|receipt)\/([A-Za-z0-9]{1,120})$/;
const ID = /^[A-Za-z0-9]{1,120}$/;

/** Below `/billing/` is also what the panel calls: its first words, e.g. `transactions`. */
const PANEL = new Set(adminRoutes.routes.map(({ path }) => path.split('/')[1]));

export function servePages(strapi: Core.Strapi): void {
  strapi.server.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/billing/') || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
    const web = webOf(strapi);
    if (!web || PANEL.has(ctx.path.split('/')[2])) return next();
    const nonce = randomBytes(16).toString('base64');
    const language = languageOf(ctx.query.lang, ctx.get('accept-language'));
    const writing = writingOf(language, nonce, inLanguage(ctx.path, ctx.query, language === 'en' ? 'fr' : 'en'));
    const visit = visitOf(ctx.path, ctx.query);
    const shown = await shownOrAway(() => (visit ? show(visit, web, writing) : notFound(writing)), strapi, writing);
    if ('redirectTo' in shown) {
      ctx.set(plainHeaders(nonce));
      ctx.status = 303;
      ctx.redirect(shown.redirectTo);
      return;
    }
    ctx.set(shown.isForm ? formHeaders(nonce, web.front) : plainHeaders(nonce));
    ctx.status = shown.status;
    ctx.set('Content-Language', language);
    ctx.set('Vary', 'Accept-Language');
    ctx.type = 'text/html; charset=utf-8';
    ctx.body = document(shown, writing);
  });
}

function visitOf(path: string, query: Readonly<Record<string, unknown>>): Visit | undefined {
  const { token } = query;
  const [, page, id] = WITH_ID.exec(path) ?? [];
  if (page !== undefined && id !== undefined) return { page: page === 'receipt' ? 'receipt' : 'checkout', id, token };
  const { checkout } = query;
  const isReturn = path === '/billing/return' && typeof checkout === 'string' && ID.test(checkout);
  return isReturn ? { page: 'return', id: checkout, token } : undefined;
}

/** People at a page are not shown a fault of ours: the page comes back by itself. */
async function shownOrAway(work: () => Promise<Shown> | Shown, strapi: Core.Strapi, writing: Writing): Promise<Shown> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) strapi.log.error(`A billing page: ${(error as Error).stack}`);
    return unavailable(writing);
  }
}

function inLanguage(path: string, query: Readonly<Record<string, unknown>>, language: string): string {
  const entries = Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return `${path}?${new URLSearchParams({ ...Object.fromEntries(entries), lang: language }).toString()}`;
}
