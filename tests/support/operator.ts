import supertest from 'supertest';
import { ADMIN, type Larder } from './larder';

export interface Operator {
  readonly email: string;
  readonly password: string;
}

/** Whom {@link inviteOperator} invites. */
export const OPERATOR: Operator = { email: 'olive@larder.test', password: 'Larder-operator-1' };

/** Invites an operator as an administrator would, and accepts for them. */
export function inviteOperator(larder: Larder): Promise<Operator> {
  return invite(larder, 'larder-operator', OPERATOR);
}

/** The same for somebody of another role, e.g. `strapi-editor`. */
export async function invite(larder: Larder, roleCode: string, person: Operator): Promise<Operator> {
  const api = supertest(larder.url);
  const as = `Bearer ${await logIn(larder, ADMIN)}`;
  const { body: roles } = await api.get('/admin/roles').set('Authorization', as).expect(200);
  const role = (roles.data as { id: number; code: string }[]).find(({ code }) => code === roleCode);
  const name = { firstname: 'Olive', lastname: 'Operator' };
  const { body: invited } = await api
    .post('/admin/users')
    .set('Authorization', as)
    .send({ email: person.email, ...name, roles: [role?.id] })
    .expect(201);
  await api
    .post('/admin/register')
    .send({ registrationToken: invited.data.registrationToken, userInfo: { ...name, password: person.password } })
    .expect(200);
  return person;
}

/** Logs in to the panel; answers the token that its calls carry. */
export async function logIn(larder: Larder, { email, password }: Operator): Promise<string> {
  const { body } = await supertest(larder.url).post('/admin/login').send({ email, password }).expect(200);
  return (body as { data: { token: string } }).data.token;
}

/** An API token with these scopes, made as an administrator makes one in the panel. */
export async function makeApiToken(larder: Larder, name: string, permissions: readonly string[]): Promise<string> {
  const token = { name, description: '', type: 'custom', lifespan: null, permissions };
  const { body } = await supertest(larder.url)
    .post('/admin/api-tokens')
    .set('Authorization', `Bearer ${await logIn(larder, ADMIN)}`)
    .send(token)
    .expect(201);
  return (body as { data: { accessKey: string } }).data.accessKey;
}
