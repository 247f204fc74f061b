/**
 * Larder's own door to PostgreSQL, beside Strapi's query builder: one prepared statement at a time, or several in one
 * transaction. Every wait is bounded, and "the database is away" is one error, {@link DatabaseUnavailable}.
 */
import { Pool, type PoolClient, type QueryResultRow } from 'pg';
import { DatabaseUnavailable, isPassing } from './errors';
import { ownTypes } from './types';

/** A statement with a name is prepared once a connection. Names are unique in the project: `room.what`. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
}

export interface Sql {
  /** Runs one statement and answers its rows. */
  rows<Row extends QueryResultRow>(statement: Statement | string, values?: readonly unknown[]): Promise<Row[]>;
  /**
   * Within a transaction: has this done once it is committed, and never where it is rolled back. Absent outside of one, where
   * a statement is committed when it is answered.
   */
  afterCommit?(work: () => void): void;
}

export interface Database extends Sql {
  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it throws. Within, only its own `sql` may
   * be asked: enough transactions that wait for one more connection each would wait for one another.
   */
  transaction<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly maxConnections: number;
  /** Longest time one statement may take, in milliseconds. */
  readonly statementTimeoutMs?: number;
  /** Longest wait for a connection, in milliseconds. */
  readonly connectTimeoutMs?: number;
  /** Whether connections stay open however long nobody asks. */
  readonly keepIdle?: boolean;
  readonly onIdleError?: (error: Error) => void;
}

/** A connection that nobody needs is closed after ten minutes. */
const IDLE_MS = 600_000;

export function openDatabase(options: DatabaseOptions): Database {
  const statementTimeoutMs = options.statementTimeoutMs ?? 5000;
  const pool = new Pool({
    connectionString: options.url,
    // Strapi's columns are timestamps without a zone, in UTC: now() must mean the same.
    options: '-c timezone=UTC',
    max: options.maxConnections,
    types: ownTypes(),
    connectionTimeoutMillis: options.connectTimeoutMs ?? 3000,
    // A new connection has to learn every statement, and plans each anew its first five times: whoever comes first waits for that.
    idleTimeoutMillis: IDLE_MS,
    statement_timeout: statementTimeoutMs,
    // The server may be unreachable rather than slow: then only this side can end the wait.
    query_timeout: statementTimeoutMs + 1000,
    idle_in_transaction_session_timeout: 15_000,
    ...(options.keepIdle && { idleTimeoutMillis: 0 }),
    application_name: 'larder',
    keepAlive: true,
  });
  pool.on('error', (error) => options.onIdleError?.(error));

  return {
    rows: (statement, values = []) => guarded(() => run(pool, statement, values)),
    transaction: (work) => guarded(() => inTransaction(pool, work)),
    close: () => pool.end(),
  };
}

async function run<Row extends QueryResultRow>(
  on: Pool | PoolClient,
  statement: Statement | string,
  values: readonly unknown[],
): Promise<Row[]> {
  const query = typeof statement === 'string' ? { text: statement } : { name: statement.name, text: statement.text };
  const result = await on.query<Row>({ ...query, values: [...values] });
  return result.rows;
}

async function inTransaction<Result>(pool: Pool, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that is lost between two statements has nobody else to tell, and an error that nobody hears ends the process.
  const onLost = (error: Error) => {
    broken = error;
  };
  client.on('error', onLost);
  const afterwards: (() => void)[] = [];
  try {
    await client.query('begin');
    const result = await work({
      rows: (statement, values = []) => run(client, statement, values),
      afterCommit: (work) => void afterwards.push(work),
    });
    await client.query('commit');
    for (const each of afterwards) each();
    return result;
  } catch (error) {
    await client.query('rollback').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.off('error', onLost);
    client.release(broken);
  }
}

async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw isPassing(error) && !(error instanceof DatabaseUnavailable) ? new DatabaseUnavailable(error) : error;
  }
}
