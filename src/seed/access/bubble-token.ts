import type { Core } from '@strapi/strapi';
import { knownActions } from './content-api-actions';
import { FRONT_END_SCOPES } from './front-end-scopes';

const NAME = 'Bubble';
const DESCRIPTION =
  'The front end. Kept in step with BUBBLE_API_TOKEN at every start: change the variable, not this token.';

interface Token {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly accessKey: string;
  readonly expiresAt: string | null;
}

interface Tokens {
  hash(accessKey: string): string;
  update(id: number, changes: { description: string; type: 'custom'; permissions: string[] }): Promise<unknown>;
  create(token: {
    name: string;
    description: string;
    type: 'custom';
    lifespan: null;
    permissions: string[];
  }): Promise<Token>;
}

/**
 * Where BUBBLE_API_TOKEN is set, makes the API token "Bubble" have that access key, the front end's scopes and no end.
 * Without the variable nothing is touched: a token made by hand in the panel works as well.
 * @throws when another token already has that access key.
 */
export async function keepBubbleToken(strapi: Core.Strapi): Promise<void> {
  const accessKey = strapi.config.get<string | undefined>('larder.bubbleApiToken');
  if (!accessKey) return;
  const tokens = strapi.service('admin::api-token-content-api') as unknown as Tokens;
  const query = strapi.db.query('admin::api-token');
  const permissions = knownActions(strapi, FRONT_END_SCOPES, `API token "${NAME}"`);
  const hashed = tokens.hash(accessKey);

  const namesake = (await query.findOne({ where: { accessKey: hashed, name: { $ne: NAME } } })) as Token | null;
  if (namesake) throw new Error(`BUBBLE_API_TOKEN is the access key of another API token, "${namesake.name}".`);

  const known = (await query.findOne({ where: { name: NAME } })) as Token | null;
  const shape = { description: DESCRIPTION, type: 'custom' as const, permissions };
  const { id } = known ?? (await tokens.create({ name: NAME, lifespan: null, ...shape }));
  if (known) await tokens.update(id, shape);
  if (known?.accessKey === hashed && known.expiresAt === null) return;
  // Strapi's service only deals in keys it drew itself. The encrypted copy would let the panel show the secret again.
  await query.update({
    where: { id },
    data: { accessKey: hashed, encryptedKey: null, lifespan: null, expiresAt: null },
  });
}
