import type { JobHandler, Queue } from '../../../../../../shared/queue';
import type { Database } from '../../../../../../shared/sql';
import { readAlert, readResolution } from '../alert';
import type { Settings } from '../settings';
import { wordsFor } from '../words';
import { announcements } from './announce';
import { forgetOldRepetitions } from './forget';
import { countAlert } from './raise';
import { resolveIncident, resolveWhatIsOver } from './resolve';

interface IncidentParts {
  readonly database: Database;
  readonly queue: Queue;
  readonly settings: Settings;
}

/** Handles `alerts.raise`: counts the alert and sends the job that tells Slack, both or neither. */
export function createRaiseHandler({ database, queue, settings }: IncidentParts): JobHandler {
  const words = wordsFor(settings.language);
  return async ({ id, data }) => {
    const alert = readAlert(data);
    const said = alert.vendorMessage === null ? '' : `\n${words.otherSide}: “${alert.vendorMessage}”`;
    const wording = { title: words.causes[alert.cause].title, text: alert.message + said };
    await database.transaction(async (sql) => {
      const incidentId = await countAlert(sql, id, alert, wording, settings.slack ? 'pending' : 'off');
      if (incidentId !== null) await queue.send(sql, await announcements(sql, [incidentId], settings.windowSeconds));
    });
  };
}

/** Handles `alerts.resolve`. Throws, to be tried again, while an alert that was sent before it is not counted. */
export function createResolveHandler({ database, queue, settings }: IncidentParts): JobHandler {
  return async ({ id, data }) => {
    const { cause, machineId } = readResolution(data);
    await database.transaction(async (sql) => {
      const ended = await resolveIncident(sql, id, cause, machineId);
      if (ended === 'early') throw new Error(`An alert of ${cause} that came before is not counted yet`);
      await queue.send(sql, await announcements(sql, ended, settings.windowSeconds));
    });
  };
}

/** The sweep: ends what is over, and forgets what is too old to be told twice. */
export function createSweep({ database, queue, settings }: IncidentParts): () => Promise<void> {
  return async () => {
    await database.transaction(async (sql) => {
      const ended = await resolveWhatIsOver(sql, settings.windowSeconds);
      await queue.send(sql, await announcements(sql, ended, settings.windowSeconds));
    });
    await forgetOldRepetitions(database);
  };
}
