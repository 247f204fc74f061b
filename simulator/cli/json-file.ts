import { readFileSync } from 'node:fs';

/** The JSON in a file that an option names. Throws an Error that names the option where there is none. */
export function jsonFrom(option: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${option} ${file}: ${(error as Error).message}`, { cause: error });
  }
}
