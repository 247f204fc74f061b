import { z } from 'zod';
import { fieldOf, wordsOf } from '../issue';
import type { FaultDefinition } from './define';
import { FAULTS, type FaultSpec } from './all';

export type { FaultSpec } from './all';

const BY_NAME = new Map<string, FaultDefinition>(FAULTS.map((fault) => [fault.name, fault]));

/** A fault that does not exist or was described wrongly; the message is fit to show. */
export class FaultError extends Error {
  constructor(
    message: string,
    /** The parameter at fault, where it is one. */
    readonly field?: string,
  ) {
    super(message);
    this.name = 'FaultError';
  }
}

/** The definition of a fault. Throws `FaultError` for an unknown name. */
export function definitionOf(name: string): FaultDefinition {
  const found = BY_NAME.get(name);
  if (!found)
    throw new FaultError(`There is no fault "${name}". There are: ${[...BY_NAME.keys()].join(', ')}.`, 'name');
  return found;
}

/** Checks a fault from outside and fills in its defaults. Throws `FaultError` naming the parameter that is wrong. */
export function parseFault(input: unknown): FaultSpec {
  const named = z.looseObject({ name: z.string() }).safeParse(input);
  if (!named.success) throw new FaultError('A fault is an object with a "name".', 'name');
  const definition = definitionOf(named.data.name);
  const parsed = definition.schema.safeParse(input);
  if (parsed.success) return parsed.data as FaultSpec;

  const issue = parsed.error.issues[0];
  const field = fieldOf(issue);
  const known = Object.keys(definition.schema.shape).filter((key) => key !== 'name');
  const why = issue?.code === 'unrecognized_keys' ? `is not known; it takes ${known.join(', ')}` : wordsOf(issue);
  throw new FaultError(`Fault "${definition.name}": "${field}" ${why}.`, field);
}
