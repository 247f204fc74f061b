import supertest from 'supertest';
import type { Larder } from './larder';

export interface LoggedIn {
  readonly jwt: string;
  readonly userId: number;
}

/** Registers a customer as anybody can, and answers their log-in. */
export async function register(larder: Larder, name: string): Promise<LoggedIn> {
  const response = await supertest(larder.url)
    .post('/api/auth/local/register')
    .send({ username: name, email: `${name}@registered.example`, password: 'Secret-password-1' });
  if (response.status !== 200) throw new Error(`Not registered: ${response.status} ${response.text}`);
  const { jwt, user } = response.body as { jwt: string; user: { id: number } };
  return { jwt, userId: user.id };
}
