import type { Job } from '../../../../../shared/jobs';
import type { Database } from '../../../../../shared/sql';
import type { DeadlinePolicy } from '../core/deadlines';
import type { State } from '../core/states';
import type { FridgeDriver, Notifier, PaymentProvider } from '../ports';
import type { Journal } from '../store/journal';

/** The ends of a purchase whose door was asked for. */
export type FinishedState = Extract<State, 'completed' | 'empty' | 'review'>;

/** What another room wants done when a purchase is finished; the jobs are sent in the transaction that finishes it. */
export type FinishedListener = (purchase: {
  readonly transactionId: string;
  readonly state: FinishedState;
}) => readonly Job[];

export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface ConductPolicy extends DeadlinePolicy {
  /** An instance that has not renewed its lease for so long has lost its purchases. */
  readonly leaseSeconds: number;
  /** Longest wait of `POST open` before it answers 202. */
  readonly openReplyWithinMs: number;
  /** How often a machine is asked while its purchase has lost sight of it. */
  readonly watchIntervalMs: number;
}

/** Everything that the conduct of purchases is made of. */
export interface Parts {
  readonly instance: string;
  readonly database: Database;
  readonly journal: Journal;
  readonly driver: FridgeDriver;
  readonly payments: PaymentProvider;
  readonly notifier: Notifier;
  readonly finished: readonly FinishedListener[];
  /** Signs door tokens. */
  readonly tokenSecret: string;
  readonly policy: ConductPolicy;
  readonly log: Log;
}
