import supertest from 'supertest';
import { ADMIN, type Larder } from './larder';

export interface Operator {
  readonly email: string;
  readonly password: string;
}

/** Invites an operator as an administrator would, and accepts for them. */
export async function inviteOperator(larder: Larder): Promise<Operator> {
  const operator = { email: 'olive@larder.test', password: 'Larder-operator-1' };
  const api = supertest(larder.url);
  const { body: login } = await api.post('/admin/login').send(ADMIN).expect(200);
  const as = `Bearer ${login.data.token}`;
  const { body: roles } = await api.get('/admin/roles').set('Authorization', as).expect(200);
  const role = (roles.data as { id: number; code: string }[]).find(({ code }) => code === 'larder-operator');
  const name = { firstname: 'Olive', lastname: 'Operator' };
  const { body: invited } = await api
    .post('/admin/users')
    .set('Authorization', as)
    .send({ email: operator.email, ...name, roles: [role?.id] })
    .expect(201);
  await api
    .post('/admin/register')
    .send({ registrationToken: invited.data.registrationToken, userInfo: { ...name, password: operator.password } })
    .expect(200);
  return operator;
}
