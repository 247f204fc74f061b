/**
 * The short way of a call that comes often: ahead of Strapi's own stack, most of which it has no use for (routes, cookies,
 * forms, policies). It is answered by the handler of the long way, inside the same logger and the same error answers.
 * Whatever is not plainly such a call (from a browser, compressed, in chunks, large) goes the long way.
 */
import type { IncomingMessage } from 'node:http';
import type { Core } from '@strapi/strapi';
import { refuse } from './refuse';

/** Beyond this a call is none of those that come often; how much is too much is for the long way to say. */
const MOST_BYTES = 128 * 1024;

/** From the outermost in, as in config/middlewares.ts. */
const AROUND = ['strapi::logger', 'global::error-codes', 'strapi::errors', 'global::known-failures'] as const;

type Around = Core.MiddlewareHandler;
type Context = Parameters<Around>[0];
type Handler = (ctx: Context & { params: { id: string } }) => Promise<void>;

/**
 * To be called after the requests are counted and limited.
 * @param path has two groups: the `id` that the handler finds in `ctx.params`, and the name of the handler.
 * @param handlers for a POST of JSON, by name.
 */
export function servePosts(strapi: Core.Strapi, path: RegExp, handlers: Readonly<Record<string, Handler>>): void {
  let around: readonly Around[] | undefined;
  strapi.server.use(async (ctx, next) => {
    const [, id = '', name = ''] = (ctx.method === 'POST' && path.exec(ctx.path)) || [];
    const handler = handlers[name];
    if (handler === undefined || !isPlain(ctx)) return next();
    // Not before the first call: until then they are not loaded.
    around ??= AROUND.map((each) => strapi.middleware(each)({}, { strapi }) as Around);
    await within(around, ctx, async () => {
      const body = await readJson(ctx.req);
      if (!body.ok) return refuse(ctx, 400, 'invalid_request', body.fault);
      ctx.request.body = body.value;
      await handler(Object.assign(ctx, { params: { id } }));
    });
  });
}

function isPlain({ req: { headers }, querystring }: Context): boolean {
  return (
    /^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '') &&
    Number(headers['content-length'] ?? NaN) <= MOST_BYTES &&
    headers['transfer-encoding'] === undefined &&
    (headers['content-encoding'] ?? 'identity') === 'identity' &&
    headers.origin === undefined &&
    querystring === ''
  );
}

function within(around: readonly Around[], ctx: Context, work: () => Promise<void>): Promise<unknown> {
  const run = around.reduceRight<() => Promise<unknown>>((next, handler) => async () => handler(ctx, next), work);
  return run();
}

type Body = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: string };

/** As on the long way: an object or a list, and nothing at all is an empty object. */
async function readJson(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  } catch {
    // Nobody will read this.
    return { ok: false, fault: 'The call was broken off.' };
  }
  try {
    const text = new TextDecoder().decode(Buffer.concat(chunks));
    const value: unknown = text === '' ? {} : JSON.parse(text);
    if (typeof value === 'object' && value !== null) return { ok: true, value };
    return { ok: false, fault: 'The body must be an object or a list.' };
  } catch (error) {
    return { ok: false, fault: `The body is not valid JSON: ${(error as Error).message}` };
  }
}
