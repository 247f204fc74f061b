/** The environment, read and checked once a process. The config files beside this folder are its only readers. */
import { buildTimeVariables } from './build-time';
import { developmentSecrets } from './development-secrets';
import { readEnvironment } from './read';
import type { Environment } from './schema';

export { EnvironmentError } from './read';
export type { Environment } from './schema';

let known: Environment | undefined;

/**
 * The checked environment of this process.
 * @throws {EnvironmentError} naming every fault at once.
 */
export function environment(): Environment {
  known ??= readEnvironment(buildTimeVariables(process.env) ?? process.env, developmentSecrets);
  return known;
}
