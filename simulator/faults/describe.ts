import { z } from 'zod';
import { FAULTS } from './all';
import type { FaultDefinition } from './define';
import type { FaultSpec } from './registry';

/** A fault as people choose it. */
export interface FaultDescription {
  name: string;
  serves: string;
  says: { en: string; fr: string };
  /** Each parameter of its own with what it may be, such as `at=open|taken` (the default first) or `n=2`. */
  parameters: string[];
}

interface Property {
  default?: unknown;
  enum?: unknown[];
}

/** Every fault there is, described. */
export function describeFaults(): FaultDescription[] {
  return FAULTS.map((fault: FaultDefinition) => {
    const { name, serves, says, schema } = fault;
    const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    const own = Object.entries(properties).filter(
      ([key]) => !['name', 'machine', 'probability', 'times'].includes(key),
    );
    return { name, serves, says, parameters: own.map(([key, property]) => parameter(key, property as Property)) };
  });
}

/** A fault as one would write it on the command line; `faultFromText` reads it back. */
export function textOfFault(spec: FaultSpec): string {
  const { name, ...rest } = spec;
  const shown = Object.entries(rest).filter(
    ([key, value]) => value !== undefined && !(key === 'probability' && value === 1),
  );
  const pairs = shown.map(
    ([key, value]) => `${key}=${Array.isArray(value) ? value.join(key === 'frames' ? '+' : '-') : value}`,
  );
  return pairs.length > 0 ? `${name}:${pairs.join(',')}` : name;
}

function parameter(key: string, { default: usual, enum: choices }: Property): string {
  if (usual === undefined) return `${key}=…`;
  const others = (choices ?? []).filter((choice) => choice !== usual);
  return `${key}=${[Array.isArray(usual) ? usual.join('+') : usual, ...others].join('|')}`;
}
