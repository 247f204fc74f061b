import type { Job } from '../../../../../shared/jobs';
import type { Queue } from '../../../../../shared/queue';
import type { Database, Sql } from '../../../../../shared/sql';
import type { Notifier } from '../../../../purchases/server/src/ports/notifier';
import type { Excuse } from './exposure';

/** What other rooms know of a machine and this one asks for. */
export interface TelemetryPorts {
  /** When operators had the machine open to fill it, between two times in milliseconds since 1970. */
  restocks(sql: Sql, machineId: number, from: number, to: number): Promise<readonly Excuse[]>;
  /** The jobs that follow where what stands in a machine was exposed. Sent in the transaction that locks its sales. */
  exposed(exposure: { readonly machineId: string; readonly since: string }): readonly Job[];
  /**
   * An SQL expression for the machine's inventory, a JSON list of `{ sku, name, count, reserved, nextExpiry }`.
   * @param machineId the SQL expression of the machine's row id.
   */
  inventory(machineId: string): string;
}

/** Where no room keeps an inventory. */
export const NO_INVENTORY: TelemetryPorts = {
  restocks: async () => [],
  exposed: () => [],
  inventory: () => `'[]'::json`,
};

export interface Log {
  info(message: string): void;
  warn(message: string): void;
}

/** Everything that the telemetry room is made of. */
export interface TelemetryParts {
  readonly database: Database;
  readonly queue: Pick<Queue, 'send'>;
  readonly notifier: Notifier;
  readonly ports: () => TelemetryPorts;
  readonly keepDays: number;
  readonly graceSeconds: number;
  readonly log: Log;
}
