/** `POST /machines/:id/open` by the reader in the fridge: somebody shows a credential, and nothing else is the reader's to say. */
import type { OpenRequest } from '../../../plugins/purchases/server/src/services';
import type { FieldFault, Parsed } from '../../../shared/http';
import { parseOpenByCredential } from './credential-request';

/** How much is held, and no word on what pays for it: that is whose credential it is, or the card that is shown. */
const MAY_SAY = { body: ['credential', 'payment'], payment: ['provider', 'amount', 'currency'] };
/** So many wrong keys are named. */
const MOST_FAULTS = 20;

/** @param caller names the device: the same after its key was rotated, so that a repeated request is known again. */
export function parseOpenByDevice(
  params: unknown,
  body: unknown,
  keyHeader: string,
  caller: string,
  payments: 'record' | 'stripe',
): Parsed<OpenRequest> {
  const { payment } = Object(body) as { payment?: unknown };
  const faults = [...notToSay(body, MAY_SAY.body), ...notToSay(payment, MAY_SAY.payment, 'payment.')];
  if (faults.length > 0) return { ok: false, faults: faults.slice(0, MOST_FAULTS) };
  return parseOpenByCredential(params, body, keyHeader, caller, payments);
}

function notToSay(given: unknown, known: readonly string[], within = ''): FieldFault[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return [];
  const message = 'is not for a device to say: it opens by what somebody shows to it';
  return Object.keys(given)
    .filter((key) => !known.includes(key))
    .map((key) => ({ field: `${within}${key.slice(0, 60)}`, message }));
}
