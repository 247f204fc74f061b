/**
 * Who calls a route of the front end. Strapi asks the database five times for an API token, with every request; here a
 * token that was checked moments ago is known, see tokens.ts. Everything else (a log-in, a token of another kind, one that
 * is not valid) is Strapi's to judge.
 */
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { runtime } from '../runtime';
import type { Token } from '../tokens';

/** The `config.auth` of a route. */
export function frontEndAuth(strapi: Core.Strapi) {
  const knownToken = {
    // By this name the rest of Strapi, and `callerOf`, know a caller with an API token.
    name: 'content-api-token',
    async authenticate(ctx: { get(header: string): string }) {
      const token = await runtime(strapi).tokens.find(ctx.get('authorization'));
      return token ? { authenticated: true, credentials: token } : { authenticated: false };
    },
    verify({ credentials }: { credentials: Token }, { scope }: { scope?: string | readonly string[] }) {
      const wanted = [scope ?? []].flat();
      if (wanted.length === 0 || !wanted.every((each) => credentials.scopes.has(each)))
        throw new errors.ForbiddenError();
    },
  };
  return { strategies: [knownToken, 'content-api-token', 'users-permissions'] };
}
