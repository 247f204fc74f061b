/** Events stored by the journal, with all their links and promises, against bare inserts of single rows. */
import { Pool } from 'pg';
import type { Database } from '../../src/shared/sql';
import { newDocumentId } from '../../src/shared/ids';
import { createJournal } from '../../src/plugins/purchases/server/src/store/journal';
import { eventEntry } from '../../src/plugins/purchases/server/src/store/journal-entry';
import type { Report } from '../report';
import { seedFridges } from '../stage/fixtures';
import { storeHistory } from '../stage/history';
import type { Stage } from '../stage/stage';

const AT_ONCE = [1, 10, 50, 200] as const;
/** As many connections as Larder has by default, for both. */
const CONNECTIONS = 10;

/** A list of two products, as a fridge pushes it: the commonest of frames. */
const FRAME = {
  command: 'smart_fridge_product_taken',
  command_data: {
    status: 1,
    error_data: [],
    json_data: {
      code: 1,
      message: 'Products taken',
      list: [
        { vpn: '1001', unit_price: '6.50', name: 'Lentil and feta salad' },
        { vpn: '1007', unit_price: '1.60', name: 'Plain yoghurt' },
      ],
    },
  },
  ref: 'b3f5Jq0m2cX7yVw8ZkQf1A',
};
const RECORD = {
  kind: 'push',
  name: 'smart_fridge_product_taken',
  outcome: 'success',
  message: 'Products taken',
  data: FRAME,
} as const;

export async function measureEvents(stage: Stage, report: Report): Promise<void> {
  const seconds = stage.isQuick ? 3 : 6;
  const { url, sql } = await stage.database();
  await seedFridges(sql, 200);
  await storeHistory(url, { from: 0, to: 200 });
  const purchases = await sql.rows<{ id: number; user_id: number }>(
    `select t.id, u.user_id from transactions t join transactions_user_lnk u on u.transaction_id = t.id order by t.id`,
  );
  const journal = createJournal({
    database: sql,
    queue: { send: async () => undefined },
    error: (message) => report.fail(message),
  });
  const byJournal = (index: number) => {
    const { id, user_id: userId } = purchases[index] ?? { id: 1, user_id: 1 };
    return journal.append(eventEntry({ transactionId: id, machineId: index + 1, userId }, RECORD));
  };
  const pool = new Pool({ connectionString: url, max: CONNECTIONS });
  pool.on('error', () => undefined);

  await store(byJournal, 50, 2);
  await store(() => insertOne(pool), 50, 2);
  const rows = [];
  for (const atOnce of AT_ONCE) {
    const bare = await store(() => insertOne(pool), atOnce, seconds);
    const journaled = await store(byJournal, atOnce, seconds);
    rows.push({ 'at a time': atOnce, 'journal events/s': journaled, 'bare inserts/s': bare, ratio: journaled / bare });
  }
  await checkCount(sql, report);
  await pool.end();
  await sql.close();
  report.table('events', 'Events stored per second', rows, [
    'journal: the event and its links to purchase, machine and customer, each acknowledged once it is on disk;',
    `bare: one row in \`events\`, one prepared insert an event by pg on ${CONNECTIONS} connections, no links.`,
  ]);
}

async function store(one: (index: number) => Promise<unknown>, atOnce: number, seconds: number): Promise<number> {
  let count = 0;
  const startedAt = performance.now();
  const writer = async (_: unknown, index: number) => {
    while (performance.now() - startedAt < seconds * 1000) {
      await one(index);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, writer));
  return count / ((performance.now() - startedAt) / 1000);
}

function insertOne(pool: Pool): Promise<unknown> {
  return pool.query({
    name: 'bench.insert',
    text: `insert into events (document_id, name, kind, outcome, message, data, received_at, created_at, updated_at, published_at)
           values ($1, $2, $3, $4, $5, $6, clock_timestamp(), now(), now(), now())`,
    values: [newDocumentId(), RECORD.name, RECORD.kind, RECORD.outcome, RECORD.message, JSON.stringify(FRAME)],
  });
}

/** An event that the journal acknowledged and did not store would be worse than any slowness. */
async function checkCount(sql: Database, report: Report): Promise<void> {
  const [row] = await sql.rows<{ events: number; links: number }>(
    `select (select count(*)::int from events) as events, (select count(*)::int from events_transaction_lnk) as links`,
  );
  if (!row || row.events < row.links) report.fail('There are more links than events.');
}
