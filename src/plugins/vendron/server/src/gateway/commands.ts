/** The frames that are sent. Each is serialised once, with the token, next to its record, which never holds the token. */
import { toMajorText } from '../../../../../shared/money';
import type { EventRecord, RequestOrder } from '../../../../purchases/server/src/ports';
import type { Scrubber } from './scrub';

export type CommandName = 'check_machine_state' | 'smart_fridge_request' | 'smart_fridge_door_open';

/** The commands that exist; acknowledgements carry these names too. */
export const COMMAND_NAMES: ReadonlySet<string> = new Set<CommandName>([
  'check_machine_state',
  'smart_fridge_request',
  'smart_fridge_door_open',
]);

/** A command as it goes out, and as it is stored. */
export interface Command {
  readonly name: CommandName;
  readonly text: string;
  readonly record: EventRecord;
}

/** Whose command it is: the machine, and the reference that the cloud may or may not echo. */
export interface Address {
  readonly vendorId: string;
  readonly ref: string;
}

export interface CommandWriter {
  stateCheck(address: Address): Command;
  request(address: Address, order: RequestOrder): Command;
  doorOpen(address: Address, order: RequestOrder & { readonly session: string }): Command;
}

/**
 * A writer for one token. Throws a RangeError for an amount that is not a whole number of minor units from 0 up, and for
 * a currency that is no ISO 4217 code: nobody's input reaches this place unchecked.
 */
export function createCommandWriter(token: string, scrubber: Scrubber): CommandWriter {
  const write = (name: CommandName, address: Address, rest: Record<string, string>): Command => {
    const data = { machine_uid: address.vendorId, ...rest };
    const { ref } = address;
    return {
      name,
      text: JSON.stringify({ command: name, command_data: { public_api_token: token, ...data }, ref }),
      record: {
        kind: 'command',
        name,
        outcome: 'sent',
        message: null,
        data: scrubber.tree({ command: name, command_data: data, ref }),
      },
    };
  };
  return {
    stateCheck: (address) => write('check_machine_state', address, {}),
    request: (address, order) => write('smart_fridge_request', address, payment(order)),
    doorOpen: (address, order) =>
      write('smart_fridge_door_open', address, { ...payment(order), session: order.session }),
  };
}

function payment(order: RequestOrder): Record<string, string> {
  if (!Number.isSafeInteger(order.amount) || order.amount < 0) {
    throw new RangeError(`Not an amount in minor units: ${order.amount}`);
  }
  return {
    payment_name: 'STRIPE',
    currency: order.currency,
    total_amount: toMajorText(order.amount, order.currency),
    payment_detail: order.detail,
    notification_url: '',
  };
}
