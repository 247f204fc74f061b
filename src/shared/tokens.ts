/**
 * API tokens, checked without Strapi's stack and remembered for a few seconds. A token that is changed or revoked on any
 * instance is forgotten at once on all of them: a trigger tells.
 */
import { createHmac } from 'node:crypto';
import type { Notifications, Sql } from './sql';

export interface TokenCheck {
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
    (table) => `create or replace trigger larder_tokens_changed after insert or update of ${
      table === 'strapi_api_tokens' ? 'access_key, type, expires_at' : 'id'
    } or delete on ${table} for each statement execute function larder.tell_tokens_changed()`,
  ),
];

interface Known {
  readonly scopes: ReadonlySet<string>;
  readonly until: number;
}

/** @param salt Strapi's `admin.apiToken.salt`: it keeps only this hash of a token. */
export function createTokenCheck(sql: Sql, notifications: Notifications, salt: string): TokenCheck {
  const known = new Map<string, Known>();
  const forget = () => known.clear();
  notifications.subscribe(CHANNEL, forget, forget);

  const load = async (token: string): Promise<ReadonlySet<string>> => {
    const hash = createHmac('sha512', salt).update(token).digest('hex');
    const [row] = await sql.rows<{ scopes: string[] }>(
      {
        name: 'tokens.scopes',
        text: `
select coalesce(array_agg(p.action) filter (where p.action is not null), '{}') as scopes
from strapi_api_tokens t
left join strapi_api_token_permissions_token_lnk l on l.api_token_id = t.id
left join strapi_api_token_permissions p on p.id = l.api_token_permission_id
where t.access_key = $1 and t.type = 'custom' and (t.expires_at is null or t.expires_at > now())
group by t.id`,
      },
      [hash],
    );
    return new Set(row?.scopes);
  };

  return {
    async allows(authorization, action) {
      const token = /^Bearer ([^\s.]{16,512})$/i.exec(authorization ?? '')?.[1];
      if (token === undefined) return false;
      const now = performance.now();
      let entry = known.get(token);
      if (!entry || entry.until < now) {
        entry = { scopes: await load(token), until: now + KEEP_MS };
        if (known.size >= MOST_KEPT) known.clear();
        // Unknown tokens are not kept: they would be a way to fill the memory, and a token made now must work now.
        if (entry.scopes.size > 0) known.set(token, entry);
      }
      return entry.scopes.has(action);
    },
  };
}
