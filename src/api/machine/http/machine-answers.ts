import { refuse } from '../../../shared/http';

export interface JsonAnswer {
  status: number;
  body: unknown;
  type: string;
}

/** Text that is JSON already; undefined is a 404. */
export function sendMachine(ctx: JsonAnswer, json: string | undefined, status = 200): void {
  if (json === undefined) return refuseMachine(ctx);
  ctx.status = status;
  ctx.type = 'application/json';
  ctx.body = json;
}

export function refuseMachine(ctx: JsonAnswer): void {
  refuse(ctx, 404, 'machine_not_found', 'There is no such machine.');
}

export function refuseTaken(ctx: JsonAnswer): void {
  refuse(ctx, 409, 'vendor_id_taken', 'Another machine has this vendorId.', { field: 'vendorId' });
}

export function refuseHistory(ctx: JsonAnswer): void {
  refuse(ctx, 409, 'machine_has_history', 'Something happened at this machine: set retired to true instead.');
}

export function refuseCeiling(ctx: JsonAnswer): void {
  const message = 'goes together with ceilingCurrency';
  refuse(ctx, 400, 'invalid_request', `The request is not valid. ceilingAmount: ${message}`, {
    errors: [{ field: 'ceilingAmount', message }],
  });
}
