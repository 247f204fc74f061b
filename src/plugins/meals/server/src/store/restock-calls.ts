/** The calls of a restock that carried an `Idempotency-Key`, with what they were answered. */
import type { Sql } from '../../../../../shared/sql';

export interface RestockCall {
  readonly requestHash: string;
  readonly answer: unknown;
}

export async function findRestockCall(sql: Sql, restockId: string, key: string): Promise<RestockCall | null> {
  const [row] = await sql.rows<{ requestHash: string; answer: unknown }>(
    {
      name: 'meals.restock-call',
      text: `select request_hash as "requestHash", answer from larder.restock_calls where restock_id = $1 and key = $2`,
    },
    [restockId, key],
  );
  return row ?? null;
}

/** The restock's row is locked by the caller, so that nobody else keeps the same key. */
export async function keepRestockCall(sql: Sql, restockId: string, key: string, call: RestockCall): Promise<void> {
  await sql.rows(
    {
      name: 'meals.keep-restock-call',
      text: `insert into larder.restock_calls (restock_id, key, request_hash, answer) values ($1, $2, $3, $4)`,
    },
    [restockId, key, call.requestHash, JSON.stringify(call.answer)],
  );
}
