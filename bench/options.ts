import { parseArgs } from 'node:util';
import { PART_NAMES, type PartName } from './parts';

export interface Options {
  readonly only: readonly PartName[];
  /** Shorter runs, and no million of stored transactions. */
  readonly quick: boolean;
  /** Where the numbers go as JSON, too. */
  readonly json: string | undefined;
  readonly help: boolean;
}

export const HELP = `npm run bench -- [options]

Measures Larder on this machine, against its own PostgreSQL and a simulated Vendron Cloud. Takes about ten minutes, and
wants the machine to itself. Everything it starts is stopped at the end, and its data thrown away.

  --only NAME   one part, or several with commas: ${PART_NAMES.join(', ')}
  --quick       shorter runs, at most 100,000 stored transactions: about four minutes, for a first look
  --json FILE   the numbers as JSON, too
  --help        this

Exits with 1 where something failed, e.g. a hot statement that scans a big table, or a purchase that was lost. Whether the
goals are met is printed, and does not change the exit code: a slower machine is no fault.
`;

/** @throws where an option or a part is not known. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const named = (values.only ?? []).flatMap((text) => text.split(','));
  const unknown = named.filter((name) => !isPart(name));
  if (unknown.length > 0)
    throw new Error(`There is no part "${unknown.join(', ')}". There are: ${PART_NAMES.join(', ')}.`);
  return {
    only: named.length > 0 ? PART_NAMES.filter((name) => named.includes(name)) : PART_NAMES,
    quick: values.quick,
    json: values.json,
    help: values.help,
  };
}

function isPart(name: string): name is PartName {
  return (PART_NAMES as readonly string[]).includes(name);
}
