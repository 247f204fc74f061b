/** Frames of the wire, for tests that put them on a line themselves. */

const line = (vpn: string) => ({ vpn, unit_price: '1.00', name: `Product ${vpn}` });

function success(command: string, json_data: object, ref: unknown) {
  return {
    command,
    command_data: { status: 1, error_data: [], json_data: { code: 1, message: '', ...json_data } },
    ref,
  };
}

export const takenFrame = (ref: unknown, ...vpns: string[]) =>
  success('smart_fridge_product_taken', { list: vpns.map(line) }, ref);

export const closedFrame = (ref: unknown) =>
  success('smart_fridge_door_close_success', { data: { door_status: 'LOCKED' } }, ref);

export const begunFrame = (ref: unknown, session: string) =>
  success('smart_fridge_request_begun', { data: { session, trade_vdps_id: 'v-1' } }, ref);

/** A completion that names no session, as those of the wire. */
export const completedFrame = (ref: unknown, ...vpns: string[]) =>
  success('smart_fridge_request_completed', { data: settled(vpns) }, ref);

/** A completion that names a session. */
export const completedFrameOf = (session: string, ref: unknown, ...vpns: string[]) =>
  success('smart_fridge_request_completed', { data: { session, ...settled(vpns) } }, ref);

function settled(vpns: readonly string[]) {
  return {
    transaction_id: '',
    transaction_status: 1,
    transaction_total: vpns.length,
    transaction_product: vpns.map(line),
  };
}
