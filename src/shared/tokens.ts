/**
 * API tokens, checked without Strapi's stack and remembered for a few seconds. A token that is changed or revoked on any
 * instance is forgotten at once on all of them: a trigger tells.
 */
import { createHmac } from 'node:crypto';
import type { Notifications, Sql } from './sql';

/** A live API token of the kind "custom". */
export interface Token {
  readonly id: number;
  /** The actions it may do, e.g. `api::machine.machine.open`. */
  readonly scopes: ReadonlySet<string>;
}

export interface TokenCheck {
  /** The live API token in this `Authorization` header; undefined for a token without scopes, and for anything else. */
  find(authorization: string | undefined): Promise<Token | undefined>;
  /** Whether this `Authorization` header holds a live API token with that action among its scopes. */
  allows(authorization: string | undefined, action: string): Promise<boolean>;
}

const CHANNEL = 'larder_tokens';
const KEEP_MS = 5000;
const MOST_KEPT = 1000;

/** Run on every boot. Statement triggers: one notification a change, however many scopes a token has. */
export const TOKEN_TRIGGERS: readonly string[] = [
  `create or replace function larder.tell_tokens_changed() returns trigger language plpgsql as $$
   begin
     perform pg_notify('${CHANNEL}', '');
     return null;
   end $$`,
  ...['strapi_api_tokens', 'strapi_api_token_permissions', 'strapi_api_token_permissions_token_lnk'].map(
    (table) =>
      `create or replace trigger larder_tokens_changed after insert or update of ${
        table === 'strapi_api_tokens' ? 'access_key, type, expires_at' : 'id'
      } or delete on ${table} for each statement execute function larder.tell_tokens_changed()`,
  ),
];

interface Known {
  readonly token: Token;
  readonly until: number;
}

/** @param salt Strapi's `admin.apiToken.salt`: it keeps only this hash of a token. */
export function createTokenCheck(sql: Sql, notifications: Notifications, salt: string): TokenCheck {
  const known = new Map<string, Known>();
  let changes = 0;
  const forget = () => {
    changes += 1;
    known.clear();
  };
  notifications.subscribe(CHANNEL, forget, forget);

  const load = async (accessKey: string): Promise<Token | undefined> => {
    const hash = createHmac('sha512', salt).update(accessKey).digest('hex');
    const [row] = await sql.rows<{ id: number; scopes: string[] }>(
      {
        name: 'tokens.find',
        // The panel shows when a token was last used, to the hour, as Strapi does.
        text: `
with used as (
  update strapi_api_tokens set last_used_at = now()
  where access_key = $1 and (last_used_at is null or last_used_at < now() - interval '1 hour')
)
select t.id, array_agg(p.action) as scopes
from strapi_api_tokens t
join strapi_api_token_permissions_token_lnk l on l.api_token_id = t.id
join strapi_api_token_permissions p on p.id = l.api_token_permission_id
where t.access_key = $1 and t.type = 'custom' and coalesce(t.kind, 'content-api') = 'content-api'
  and (t.expires_at is null or t.expires_at > now())
group by t.id`,
      },
      [hash],
    );
    return row && { id: row.id, scopes: new Set(row.scopes) };
  };

  const find = async (authorization: string | undefined): Promise<Token | undefined> => {
    const accessKey = /^Bearer ([^\s.]{16,512})$/i.exec(authorization ?? '')?.[1];
    if (accessKey === undefined) return undefined;
    const now = performance.now();
    const entry = known.get(accessKey);
    if (entry && entry.until >= now) return entry.token;
    const changesBefore = changes;
    const token = await load(accessKey);
    // What was read while tokens were being changed may be old already.
    if (changes !== changesBefore) return token;
    if (known.size >= MOST_KEPT) known.clear();
    // Unknown tokens are not kept: they would be a way to fill the memory, and a token made now must work now.
    if (token) known.set(accessKey, { token, until: now + KEEP_MS });
    else known.delete(accessKey);
    return token;
  };

  return {
    find,
    allows: async (authorization, action) => (await find(authorization))?.scopes.has(action) ?? false,
  };
}
