import { z } from 'zod';
import { COMMANDS, type CommandName } from './names';

const base = { public_api_token: z.string(), machine_uid: z.string().min(1) };
const payment = {
  payment_name: z.string().min(1),
  currency: z.string().min(1),
  total_amount: z.string().regex(/^\d+(\.\d{1,2})?$/),
  payment_detail: z.string(),
  notification_url: z.string(),
};

interface Fields {
  public_api_token: string;
  machine_uid: string;
  payment_name?: string;
  currency?: string;
  total_amount?: string;
  session?: string;
}

const DATA: Record<CommandName, z.ZodType<Fields>> = {
  check_machine_state: z.object(base),
  smart_fridge_request: z.object({ ...base, ...payment }),
  smart_fridge_door_open: z.object({ ...base, ...payment, session: z.string().min(1) }),
};

/** A command as received. `invalid` names the fields that are wrong, if any are. */
export interface Command {
  name: CommandName;
  ref: unknown;
  token: string;
  machineUid: string;
  session?: string;
  payment?: { payment_name: string; currency: string; total_amount: string };
  invalid?: string;
}

/** Reads a frame from a client. Returns a text saying why where it is no command at all. */
export function readCommand(raw: string): Command | string {
  let frame: unknown;
  try {
    frame = JSON.parse(raw);
  } catch {
    return 'a frame that is not JSON';
  }
  if (typeof frame !== 'object' || frame === null || Array.isArray(frame)) return 'a frame that is not an object';
  const { command, command_data: data, ref = null } = frame as Record<string, unknown>;
  const name = COMMANDS.find((known) => known === command);
  if (!name) return 'an unknown command';

  const parsed = DATA[name].safeParse(data);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'command_data').join(', ');
    const uid = z.object({ machine_uid: z.string() }).safeParse(data);
    return { name, ref, token: '', machineUid: uid.success ? uid.data.machine_uid : '', invalid: fields };
  }
  const { public_api_token: token, machine_uid: machineUid, session } = parsed.data;
  return { name, ref, token, machineUid, session, payment: paymentOf(parsed.data) };
}

function paymentOf({ payment_name, currency, total_amount }: Fields): Command['payment'] {
  if (payment_name === undefined || currency === undefined || total_amount === undefined) return undefined;
  return { payment_name, currency, total_amount };
}
