import { refusal, type Refusal } from '../wire/codes';
import type { Call } from './call';
import type { Machine } from './machine';

/** The machine a command speaks of, or why the cloud says no to it before asking the machine anything. */
export function admit({ cloud, command }: Call): Machine | Refusal {
  const forced = cloud.faults.idle ? undefined : cloud.faults.refuses(command);
  if (forced) return forced;
  if (command.invalid) return refusal(-1, `Invalid parameters: ${command.invalid}`);
  const { token } = cloud.settings;
  if (token !== undefined && command.token !== token) return refusal(-2);
  const machine = cloud.machines.get(command.machineUid);
  if (!machine) return refusal(-3);
  if (machine.offline) return refusal(-4);
  if (machine.expired) return refusal(-11);
  return machine;
}
