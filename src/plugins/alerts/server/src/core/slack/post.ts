import { z } from 'zod';
import type { JobHandler, Queue } from '../../../../../../shared/queue';
import type { Database } from '../../../../../../shared/sql';
import { announcements } from '../incidents/announce';
import { claimPost, holdIncident, markUndelivered, readNews, recordPost, releasePost } from '../incidents/post-record';
import type { Settings } from '../settings';
import { slackMessage } from './message';
import type { SlackSender } from './sender';

const CLAIM_SECONDS = 60;
const jobSchema = z.object({ incidentId: z.number().int() });

export interface PosterParts {
  readonly database: Database;
  readonly queue: Queue;
  readonly settings: Settings;
  readonly publicUrl: string;
  /** Null where Slack is not set up. */
  readonly sender: SlackSender | null;
}

/**
 * Handles `alerts.post`: tells Slack what it has not heard about one incident, then sends the job for what may only be
 * told later. Safe to run twice: a claim lets one handler post at a time, and what was reported is read under it.
 *
 * What can still happen: Slack takes a message, and its answer is lost (a timeout), or this process dies or loses the
 * database before the answer is written. Slack has no key to send a message by, so the next try posts it once more.
 * Twice is better than never.
 */
export function createPoster({ database, queue, settings, publicUrl, sender }: PosterParts): JobHandler {
  return async ({ data }) => {
    const { incidentId } = jobSchema.parse(data);
    if (!sender) return markUndelivered(database, incidentId, 'off');
    // Whoever holds the claim looks again before and after letting go of it, so this job's news is not lost. A holder
    // that died comes back: its own job expires and is given out again.
    if (!(await claimPost(database, incidentId, CLAIM_SECONDS))) return;
    try {
      // News at the beginning and at the end may be due together, where Slack was away in between.
      for (;;) {
        const news = await readNews(database, incidentId, settings.windowSeconds);
        if (!news) break;
        const outcome = await sender.post(slackMessage(news, settings.language, publicUrl));
        if (outcome.kind === 'failed') throw new Error(`Slack: ${outcome.reason}`);
        await recordPost(database, incidentId, news, outcome.ts);
      }
    } finally {
      await releasePost(database, incidentId);
    }
    await database.transaction(async (sql) => {
      await holdIncident(sql, incidentId);
      await queue.send(sql, await announcements(sql, [incidentId], settings.windowSeconds));
    });
  };
}

/** Handles `alerts.post.dead`: the inbox shows that Slack has not heard of this incident. */
export function createDeadPostHandler(database: Database): JobHandler {
  return async ({ data }) => markUndelivered(database, jobSchema.parse(data).incidentId, 'failed');
}
