/** What the meals room is made of. */
import type { Job } from '../../../../../shared/jobs';
import type { Queue } from '../../../../../shared/queue';
import type { Database, Sql } from '../../../../../shared/sql';
import type { PeriodCharge } from '../../../../billing/server/src/periods/charge-period';
import type { GivenBack, PeriodShare } from '../../../../billing/server/src/periods/give-back-share';
import type { Notifier } from '../../../../purchases/server/src/ports/notifier';
import type { Tell } from './news';
import type { PurchaseOutcome } from '../../../../purchases/server/src/ports/payment-provider';

/** In the caller's transaction; the same again changes nothing. */
export type GiveBack = (sql: Sql, share: PeriodShare) => Promise<GivenBack | null>;
/** In the caller's transaction; the same try again changes nothing. */
export type ChargePeriod = (sql: Sql, order: PeriodCharge) => Promise<void>;

export interface MealsParts {
  readonly database: Database;
  readonly queue: Pick<Queue, 'send'>;
  readonly notifier: Notifier;
  /** What follows once it is known what a purchase costs: its money, and whoever wants to hear of it. */
  readonly follow: (outcome: PurchaseOutcome) => readonly Job[];
  /** Tells the front end. */
  readonly tell: Tell;
  /** Charges a period of a subscription; null where Larder does not take the money itself. */
  readonly charge: ChargePeriod | null;
  /** Gives back a meal's share of what such a period cost; null where Larder does not take the money itself. */
  readonly giveBack: GiveBack | null;
  /** From so many thefts on, no door opens for a customer any more. */
  readonly blockAfterThefts: number;
  readonly log: Pick<Console, 'warn' | 'info' | 'error'>;
}
