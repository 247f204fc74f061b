import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readEnvironment } from './read';
import { secretsSchema, settingsSchema } from './schema';

const lines = readFileSync(path.resolve(__dirname, '../../.env.example'), 'utf8').split('\n');
const assignments = lines.flatMap((line, index) => {
  const [, name, value] = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
  return name === undefined ? [] : [{ name, value: value ?? '', comment: lines[index - 1] ?? '' }];
});
const example = Object.fromEntries(assignments.map(({ name, value }) => [name, value]));
const secrets = Object.fromEntries(Object.keys(secretsSchema.shape).map((name) => [name, '0123456789abcdef']));

describe('.env.example', () => {
  it('has every variable once, and no other', () => {
    const known = [...Object.keys(settingsSchema.shape), ...Object.keys(secretsSchema.shape)];
    expect(assignments.map(({ name }) => name).sort()).toEqual(known.sort());
  });

  it('is told of in docs/operations.md, variable by variable', () => {
    const page = readFileSync(path.resolve(__dirname, '../../docs/operations.md'), 'utf8');
    const [, table = ''] = /^## Environment$(.*?)^Those in bold/ms.exec(page) ?? [];
    const told = [...table.matchAll(/`([A-Z][A-Z0-9_]*)`/g)].map(([, name]) => name);
    expect(told.sort()).toEqual(assignments.map(({ name }) => name).sort());
  });

  it('says something about each', () => {
    expect(assignments.filter(({ comment }) => !comment.startsWith('# '))).toEqual([]);
  });

  it('gives the defaults as they are, and no secret', () => {
    expect(readEnvironment(example, () => secrets)).toEqual(readEnvironment({}, () => secrets));
    const shown = assignments.filter(({ value }) => value !== '').map(({ name }) => name);
    const withDefault = Object.entries(settingsSchema.shape).flatMap(([name, type]) =>
      type.safeParse(undefined).data === undefined ? [] : [name],
    );
    expect(shown.sort()).toEqual(withDefault.sort());
  });
});
