/** A device tells what happened to its meals: it is written down and judged, and what follows is sent with it. */
import type { Job } from '../../../../../shared/jobs';
import type { Sql } from '../../../../../shared/sql';
import type { MealsParts } from '../core/parts';
import type { MealEvent } from './facts';
import { noteEvent, notePlainEvent, type DeviceMachine, type NotedEvent } from './note-event';
import { judge, type Judgement } from './rules';

/** @returns a judgement for each event, in their order. The same events again get the same, and nothing else happens. */
export async function takeEvents(
  machine: DeviceMachine,
  events: readonly MealEvent[],
  parts: Pick<MealsParts, 'database' | 'queue' | 'notifier'>,
): Promise<Judgement[]> {
  const [event, ...more] = events;
  const plain = event && more.length === 0 ? await notePlainEvent(parts.database, machine, event) : undefined;
  if (plain) return [judge(plain.facts)];
  return parts.database.transaction(async (sql) => {
    const judgements: Judgement[] = [];
    // One after the other: each may hang on what the one before it said.
    for (const event of events) judgements.push(await takeEvent(sql, machine, event, parts));
    return judgements;
  });
}

async function takeEvent(
  sql: Sql,
  machine: DeviceMachine,
  event: MealEvent,
  parts: Pick<MealsParts, 'queue' | 'notifier'>,
): Promise<Judgement> {
  const noted = await noteEvent(sql, machine, event);
  const judgement = judge(noted.facts);
  if (noted.isNew && judgement.incident)
    await parts.queue.send(sql, [alertOf(judgement.incident, machine, event, noted, parts)]);
  return judgement;
}

function alertOf(
  cause: NonNullable<Judgement['incident']>,
  machine: DeviceMachine,
  { barcode, action }: MealEvent,
  { key, transactionId, customerId }: NotedEvent,
  { notifier }: Pick<MealsParts, 'notifier'>,
): Job {
  return notifier.raise({
    cause,
    severity: 'warning',
    occurrence: `${machine.documentId}:${key}`,
    machineId: machine.documentId,
    transactionId,
    customerId,
    message:
      cause === 'meal_gone'
        ? `The meal ${barcode} was taken while nobody had opened the door for a purchase.`
        : `The meal ${barcode} was reported as ${action} after its purchase had been settled without that.`,
    vendorMessage: null,
  });
}
