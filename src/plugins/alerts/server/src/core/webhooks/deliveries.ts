/** The deliveries: each with the text it sends, from the first try until some time after the last. */
import type { Sql } from '../../../../../../shared/sql';

export interface Delivery {
  readonly id: string;
  /** Null where it is about no purchase. */
  readonly transactionId: string | null;
  readonly body: string;
  readonly state: 'pending' | 'delivered' | 'failed';
}

const COLUMNS = `id, transaction_id as "transactionId", body, state`;

const READ = { name: 'alerts.delivery.read', text: `select ${COLUMNS} from larder.webhook_deliveries where id = $1` };

/** The no-op update makes the row come back also where another worker was first with it. */
const KEEP = {
  name: 'alerts.delivery.keep',
  text: `
    insert into larder.webhook_deliveries as known (id, transaction_id, type, body) values ($1, $2, $3, $4)
    on conflict (id) do update set id = known.id
    returning ${COLUMNS}`,
};

const RECORD = {
  name: 'alerts.delivery.record',
  text: `
    update larder.webhook_deliveries
    set attempts = attempts + 1, last_error = $2, updated_at = now(),
      state = case when $2::text is null then 'delivered' else state end
    where id = $1`,
};

const FAIL = {
  name: 'alerts.delivery.fail',
  text: `
    update larder.webhook_deliveries set state = 'failed', updated_at = now() where id = $1
    returning last_error as "lastError"`,
};

export async function readDelivery(sql: Sql, id: string): Promise<Delivery | null> {
  const [delivery] = await sql.rows<Delivery>(READ, [id]);
  return delivery ?? null;
}

/** Keeps a new delivery; answers the one that is kept. */
export async function keepDelivery(
  sql: Sql,
  { id, transactionId, type, body }: { id: string; transactionId: string | null; type: string; body: string },
): Promise<Delivery | null> {
  const [delivery] = await sql.rows<Delivery>(KEEP, [id, transactionId, type, body]);
  return delivery ?? null;
}

/** One try is over; `error` is null where the target accepted it. */
export async function recordTry(sql: Sql, id: string, error: string | null): Promise<void> {
  await sql.rows(RECORD, [id, error]);
}

/** No further tries. Answers why the last one failed, where it was told. */
export async function failDelivery(sql: Sql, id: string): Promise<string | null> {
  const [failed] = await sql.rows<{ lastError: string | null }>(FAIL, [id]);
  return failed?.lastError ?? null;
}
