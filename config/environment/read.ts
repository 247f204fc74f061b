import type { z } from 'zod';
import { secretsSchema, settingsSchema, type Environment, type Settings } from './schema';

type Variables = Record<string, string | undefined>;

/** The environment cannot be used. `faults` has one line a variable; no line repeats a value, which may be a secret. */
export class EnvironmentError extends Error {
  readonly code = 'environment_invalid';

  constructor(readonly faults: readonly string[]) {
    super(`The environment has ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'EnvironmentError';
  }
}

/**
 * Reads and checks all variables.
 * @param developmentSecrets gives the secrets that a development machine generated for itself; never asked in production.
 * @throws {EnvironmentError} naming every fault at once.
 */
export function readEnvironment(variables: Variables, developmentSecrets: () => Variables): Environment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
  const isProduction = given.NODE_ENV === 'production';
  const settings = settingsSchema.safeParse(given);
  const secrets = secretsSchema.safeParse(isProduction ? given : { ...developmentSecrets(), ...given });
  const faults = [...faultsOf(settings, given), ...faultsOf(secrets, given), ...faultsTogether(given, isProduction)];
  if (!settings.success || !secrets.success || faults.length > 0) throw new EnvironmentError(faults);
  return { ...settings.data, ...secrets.data };
}

function faultsOf(result: { success: boolean; error?: z.ZodError }, given: Variables): string[] {
  return (result.error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0]);
    return given[name] === undefined ? `${name} is missing` : `${name} ${issue.message}`;
  });
}

/** Rules that speak of more than one variable. Asked of the raw values: one that is wrong by itself hides nothing else. */
function faultsTogether(given: Variables, isProduction: boolean): string[] {
  const faults: string[] = [];
  const needs = (name: keyof Settings, because: string) => {
    if (given[name] === undefined) faults.push(`${name} is missing (${because})`);
  };
  if (isProduction) {
    needs('DATABASE_URL', 'production never starts a database of its own');
    needs('VENDRON_WS_URL', 'the fridges are reached through it');
    needs('VENDRON_API_TOKEN', 'Vendron refuses every command without it');
  }
  if (given.PAYMENTS === 'stripe') {
    needs('STRIPE_SECRET_KEY', 'PAYMENTS is stripe');
    needs('STRIPE_PUBLISHABLE_KEY', 'PAYMENTS is stripe');
    needs('STRIPE_WEBHOOK_SECRET', 'PAYMENTS is stripe');
  }
  if (given.SLACK_BOT_TOKEN) needs('SLACK_CHANNEL', 'SLACK_BOT_TOKEN is set');
  if (given.SLACK_CHANNEL) needs('SLACK_BOT_TOKEN', 'SLACK_CHANNEL is set');
  if (given.WEBHOOK_URL) needs('WEBHOOK_SECRET', 'WEBHOOK_URL is set');
  if (given.ADMIN_EMAIL) needs('ADMIN_PASSWORD', 'ADMIN_EMAIL is set');
  const { VENDRON_CONNECTIONS_MIN: least, VENDRON_CONNECTIONS_MAX: most } = settingsSchema.shape;
  const [min, max] = [least.safeParse(given.VENDRON_CONNECTIONS_MIN), most.safeParse(given.VENDRON_CONNECTIONS_MAX)];
  if (min.success && max.success && min.data > max.data)
    faults.push('VENDRON_CONNECTIONS_MIN is above VENDRON_CONNECTIONS_MAX');
  return faults;
}
