import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { openDatabase, type Database } from '../../src/shared/sql';

export interface TestDatabase {
  readonly url: string;
  readonly sql: Database;
  /** Closes our connections and drops the database. */
  drop(): Promise<void>;
}

/** A database of one's own: a copy of the template, with Larder's tables and seeds in it, or an empty one. */
export async function createTestDatabase(from: 'template' | 'nothing' = 'template'): Promise<TestDatabase> {
  const { url, template } = JSON.parse(readFileSync(process.env.LARDER_TEST_CLUSTER ?? '', 'utf8')) as {
    url: string;
    template: string;
  };
  const name = `larder_${randomBytes(6).toString('hex')}`;
  // Without durability a copy of files costs a third of a copy through the log.
  const source = from === 'template' ? template : 'template1';
  await asAdmin(url, `create database "${name}" template "${source}" strategy file_copy`);
  const own = url.replace(/\/postgres$/, `/${name}`);
  const sql = openDatabase({ url: own, maxConnections: 5 });
  return {
    url: own,
    sql,
    async drop() {
      await sql.close();
      await asAdmin(url, `drop database if exists "${name}" with (force)`);
    },
  };
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
