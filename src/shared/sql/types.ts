import { TypeOverrides } from 'pg';

const JSON_OID = 114;
const JSONB_OID = 3802;

/**
 * How our own connections read JSON columns: as values. Strapi tells the `pg` module, for the whole process, to leave them
 * as text; connections that are given this do not follow.
 */
export function ownTypes(): TypeOverrides {
  const types = new TypeOverrides();
  types.setTypeParser(JSON_OID, 'text', (text: string) => JSON.parse(text) as unknown);
  types.setTypeParser(JSONB_OID, 'text', (text: string) => JSON.parse(text) as unknown);
  return types;
}
