/** What stood in a machine while it was too warm is not sold any more, also when its sales are unlocked. */
import { z } from 'zod';
import type { Job } from '../../../../../shared/jobs';
import type { JobHandler } from '../../../../../shared/queue';
import type { Database } from '../../../../../shared/sql';
import { queues } from '../core/queues';
import { lockStock } from '../store/standing';

export interface Exposure {
  /** The machine's documentId. */
  readonly machineId: string;
  /** When the warmth began: ISO 8601. */
  readonly since: string;
}

const jobData = z.object({ machineId: z.string(), since: z.string() });

export function exposedJob({ machineId, since }: Exposure): Job {
  return { queue: queues.exposed, data: { machineId, since }, singletonKey: `${machineId} ${since}` };
}

export function createExposedHandler(database: Database): JobHandler {
  return async ({ data }) => {
    const { machineId, since } = jobData.parse(data);
    await database.transaction(async (sql) => {
      await lockStock(sql, machineId);
      await sql.rows(
        {
          name: 'meals.expose',
          text: `
update meals m set exposed_at = ($2::timestamptz at time zone 'UTC'), updated_at = now()
from meals_machine_lnk k join machines f on f.id = k.machine_id
where f.document_id = $1 and k.meal_id = m.id and m.state = 'stocked' and m.exposed_at is null`,
        },
        [machineId, since],
      );
    });
  };
}
