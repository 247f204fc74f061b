/** The way of every call of a device: its key, then its own machine, then the work. The first that says no is the answer. */
import { refuse, refuseFields, type Parsed } from '../../../../../shared/http';
import type { Device, DeviceCheck } from '../store/device-check';
import { parseMachine } from './requests';

export interface DeviceContext {
  status: number;
  body: unknown;
  readonly params: unknown;
  readonly request: { readonly body?: unknown };
  get(header: string): string;
}

export async function asDevice<Request>(
  ctx: DeviceContext,
  devices: DeviceCheck,
  read: (body: unknown) => Parsed<Request>,
  work: (machine: Device['machine'], request: Request) => Promise<void>,
): Promise<void> {
  const device = await devices.find(ctx.get('authorization'));
  if (!device) return refuse(ctx, 401, 'unauthorized', 'Please send the key of this device as a bearer token.');
  const path = parseMachine(ctx.params);
  if (!path.ok) return refuseFields(ctx, path.faults);
  const { machine } = device;
  // Whether there is a machine of that name is no business of another one's device.
  if (path.value.id !== machine.documentId && path.value.id !== machine.vendorId) {
    return refuse(ctx, 403, 'other_machine', 'This key belongs to another machine.');
  }
  const request = read(ctx.request.body);
  if (!request.ok) return refuseFields(ctx, request.faults);
  return work(machine, request.value);
}

/** The machine was deleted while its device called. */
export const refuseGone = (ctx: DeviceContext) => refuse(ctx, 404, 'machine_not_found', 'There is no such machine.');
