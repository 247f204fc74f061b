import type { Sql } from '../../src/shared/sql';

const TRIES = 20;
const UNFINISHED = `
select relname from pg_class
where relkind = 'r' and relnamespace = 'public'::regnamespace and relpages > 20 and relallvisible < relpages`;

/**
 * Statistics, and every page marked as visible to all: only then an index alone answers. A statement elsewhere that still
 * runs keeps pages unmarked, so it is done again until all are.
 */
export async function vacuum(sql: Sql): Promise<void> {
  let unfinished: unknown[] = [];
  for (let tries = 0; tries < TRIES; tries += 1) {
    await sql.rows('vacuum analyze');
    unfinished = await sql.rows(UNFINISHED);
    if (unfinished.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`Not all pages are visible to all after ${TRIES} times: ${JSON.stringify(unfinished)}`);
}
