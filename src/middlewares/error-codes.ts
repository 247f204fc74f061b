/**
 * Gives every error answer a stable `error.details.code`. Larder's own answers have one; this adds it to Strapi's. Stands
 * outside Strapi's error handler, where all of them pass.
 */
import { refuse, type GeneralCode } from '../shared/http';

interface ErrorBody {
  error?: { details?: Record<string, unknown> };
}

const CODES: Readonly<Record<number, GeneralCode>> = {
  400: 'invalid_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  429: 'too_many_requests',
  500: 'internal_error',
};

export default () => async (ctx: { status: number; body: unknown }, next: () => Promise<unknown>) => {
  await next();
  // The router says only the status.
  if (ctx.status === 405 && !ctx.body) refuse(ctx, 405, 'method_not_allowed', 'This address takes other methods.');
  const code = CODES[ctx.status];
  const { error } = (typeof ctx.body === 'object' && ctx.body !== null ? ctx.body : {}) as ErrorBody;
  if (code === undefined || !error || error.details?.code !== undefined) return;
  error.details = { ...error.details, code };
};
