/** How PostgreSQL would run a statement: the nodes that touch tables, and whether one of them reads a big table whole. */
import { Client } from 'pg';
import type { Statement } from '../../src/shared/sql';
import type { Row } from '../table';
import type { HotStatement } from './hot-statements';

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Operation?: string;
  readonly Plans?: readonly Node[];
}

/** A table of more rows than this must be reached by an index. */
const BIG = 10_000;

/**
 * Explains each statement twice where it is prepared: with its values, and as the generic plan that PostgreSQL may change
 * to after some runs.
 */
export async function explainAll(
  databaseUrl: string,
  statements: readonly HotStatement[],
): Promise<{ rows: Row[]; faults: string[] }> {
  const client = new Client({ connectionString: databaseUrl, options: '-c timezone=UTC' });
  client.on('error', () => undefined);
  await client.connect();
  const big = await bigTables(client);
  const rows: Row[] = [];
  const faults: string[] = [];
  for (const { what, send } of statements) {
    for (const { statement, values } of await sentBy(send)) {
      const plans = [await planOf(client, `explain (format json) ${statement.text}`, values)];
      if (statement.name !== undefined)
        plans.push(await planOf(client, `explain (generic_plan, format json) ${statement.text}`));
      const nodes = plans.flatMap((plan) => nodesOf(plan));
      for (const node of nodes) {
        const table = node['Relation Name'];
        if (node['Node Type'] !== 'Seq Scan' || table === undefined || !big.has(table)) continue;
        faults.push(`"${what}" reads all of ${table}.`);
      }
      rows.push({
        statement: what,
        'tables and how they are reached': [...new Set(nodes.flatMap(describe))].join(', '),
      });
    }
  }
  await client.end();
  return { rows, faults: [...new Set(faults)] };
}

async function bigTables(client: Client): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and reltuples > $1`,
    [BIG],
  );
  return new Set(rows.map(({ name }) => name));
}

interface Sent {
  readonly statement: Statement;
  readonly values: readonly unknown[];
}

/** Runs the code against a database that answers nothing, and keeps what it sent, each statement once. */
async function sentBy(send: HotStatement['send']): Promise<Sent[]> {
  const sent = new Map<string, Sent>();
  await send({
    rows(statement, values = []) {
      const { text, name } = typeof statement === 'string' ? { text: statement, name: undefined } : statement;
      sent.set(text, { statement: { text, ...(name !== undefined && { name }) }, values });
      return Promise.resolve([]);
    },
  });
  return [...sent.values()];
}

async function planOf(client: Client, text: string, values?: readonly unknown[]): Promise<Node> {
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
    values ? { text, values: [...values] } : text,
  );
  const plan = rows[0]?.['QUERY PLAN'][0].Plan;
  if (!plan) throw new Error(`No plan for: ${text}`);
  return plan;
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

function describe(node: Node): string[] {
  const { 'Node Type': type, 'Relation Name': table, 'Index Name': index, Operation: operation } = node;
  if (type === 'ModifyTable') return [`${operation?.toLowerCase() ?? 'write'} ${table ?? ''}`];
  if (index !== undefined) return [`${index}${type === 'Index Only Scan' ? ' (only)' : ''}`];
  if (type === 'Seq Scan') return [`${table ?? '?'} whole`];
  return [];
}
