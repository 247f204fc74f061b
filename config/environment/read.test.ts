import { EnvironmentError, readEnvironment } from './read';
import { secretsSchema } from './schema';

const names = Object.keys(secretsSchema.shape);
const secrets = Object.fromEntries(names.map((name) => [name, `secret-of-${name}-0123456789`]));
const never = () => {
  throw new Error('asked for the secrets of a development machine');
};

const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://larder@db/larder',
  VENDRON_WS_URL: 'wss://cloud.example/publicV2',
  VENDRON_API_TOKEN: 'token',
  ...secrets,
};

function faultsOf(variables: Record<string, string | undefined>, development = () => secrets): readonly string[] {
  try {
    readEnvironment(variables, development);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.faults;
    throw error;
  }
  return [];
}

it('needs nothing in development', () => {
  expect(readEnvironment({}, () => secrets)).toMatchObject({
    NODE_ENV: 'development',
    PORT: 1337,
    LEASE_S: 10,
    ...secretsAsRead(),
  });
});

it('prints every fault at once, and no value', () => {
  const faults = faultsOf({
    PORT: 'hunter2-port',
    DATABASE_URL: 'mysql://hunter2',
    LEASE_S: '0',
    JWT_SECRET: 'hunter2',
    SLACK_BOT_TOKEN: 'xoxb-hunter2',
    LOG_LEVEL: 'hunter2',
  });
  expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
    'PORT',
    'DATABASE_URL',
    'LEASE_S',
    'LOG_LEVEL',
    'JWT_SECRET',
    'SLACK_CHANNEL',
  ]);
  expect(faults).toContain('PORT must be a whole number from 0 to 65535');
  const message = new EnvironmentError(faults).message;
  expect(message).toContain('6 fault(s)');
  expect(message).not.toContain('hunter2');
});

it('names the variables that go together', () => {
  expect(faultsOf({ SLACK_BOT_TOKEN: 'xoxb', WEBHOOK_URL: 'https://a.example', ADMIN_EMAIL: 'a@b.example' })).toEqual([
    'SLACK_CHANNEL is missing (SLACK_BOT_TOKEN is set)',
    'WEBHOOK_SECRET is missing (WEBHOOK_URL is set)',
    'ADMIN_PASSWORD is missing (ADMIN_EMAIL is set)',
  ]);
  expect(faultsOf({ VENDRON_CONNECTIONS_MIN: '9', VENDRON_CONNECTIONS_MAX: '3' })).toEqual([
    'VENDRON_CONNECTIONS_MIN is above VENDRON_CONNECTIONS_MAX',
  ]);
});

it('takes a variable that is set to nothing for one that is absent', () => {
  const blank = Object.fromEntries(
    [...names, 'PORT', 'DATABASE_URL', 'SLACK_CHANNEL', 'METRICS_TOKEN'].map((name) => [name, '  ']),
  );
  expect(readEnvironment(blank, () => secrets)).toEqual(readEnvironment({}, () => secrets));
});

describe('production', () => {
  it('starts with what it needs', () => {
    expect(readEnvironment(production, never)).toMatchObject({
      NODE_ENV: 'production',
      DATABASE_URL: production.DATABASE_URL,
    });
  });

  it('needs each of its secrets and never makes one up', () => {
    expect(faultsOf({ NODE_ENV: 'production' }, never)).toEqual([
      ...names.map((name) => `${name} is missing`),
      'DATABASE_URL is missing (production never starts a database of its own)',
      'VENDRON_WS_URL is missing (the fridges are reached through it)',
      'VENDRON_API_TOKEN is missing (Vendron refuses every command without it)',
    ]);
  });

  it('names what is missing beside what is wrong by itself', () => {
    const faults = faultsOf({ ...secrets, NODE_ENV: 'production', PORT: 'x', PAYMENTS: 'stripe' }, never);
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'PORT',
      'DATABASE_URL',
      'VENDRON_WS_URL',
      'VENDRON_API_TOKEN',
      'STRIPE_SECRET_KEY',
      'STRIPE_PUBLISHABLE_KEY',
      'STRIPE_WEBHOOK_SECRET',
    ]);
  });

  it.each(names)('does not start with an empty %s', (name) => {
    expect(faultsOf({ ...production, [name]: ' ' }, never)).toEqual([`${name} is missing`]);
  });
});

function secretsAsRead() {
  return { ...secrets, APP_KEYS: [secrets.APP_KEYS] };
}
