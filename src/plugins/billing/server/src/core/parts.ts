import type { Queue } from '../../../../../shared/queue';
import type { Database, Locks } from '../../../../../shared/sql';
import type { Notifier } from '../../../../purchases/server/src/ports/notifier';
import type { MoneyNote } from '../../../../purchases/server/src/services';
import type { StripeCall } from '../stripe/call';
import type { Sql } from '../../../../../shared/sql';

export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Everything that the billing room is made of. */
export interface BillingParts {
  readonly database: Database;
  readonly locks: Pick<Locks, 'inTurn'>;
  readonly queue: Pick<Queue, 'send'>;
  readonly call: StripeCall;
  /** False while Stripe is left alone because it did not answer. */
  readonly isStripeUp: () => boolean;
  readonly notifier: Notifier;
  /** Tells the purchases room what became of a purchase's money, in the same SQL transaction. */
  readonly noteMoney: (sql: Sql, note: MoneyNote) => Promise<void>;
  /** Sold on trust to known customers at each machine while Stripe is away; minor units. */
  readonly atRiskAmount: number;
  readonly log: Log;
}
