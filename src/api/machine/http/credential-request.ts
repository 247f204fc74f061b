/** `POST /machines/:id/open` with what somebody shows at the fridge, in place of a customer whom the front end names. */
import { z } from 'zod';
import type { OpenRequest } from '../../../plugins/purchases/server/src/services';
import { fingerprint, parse, storableText, type Caller, type Parsed } from '../../../shared/http';
import { openBody, paymentByStripe, stripeId } from './open-body';
import { requestOf } from './open-request';

const credential = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('token'), token: storableText(200) }),
    z.strictObject({ kind: z.literal('badge'), uid: storableText(120) }),
    z.strictObject({ kind: z.literal('card'), paymentMethodId: stripeId('pm') }),
  ],
  'must be { kind: "token", token }, { kind: "badge", uid } or { kind: "card", paymentMethodId }',
);

const orderOfCredential = openBody.omit({ user: true }).extend({ credential });
const orderOfCredentialByStripe = orderOfCredential.extend({ payment: paymentByStripe.prefault({}) });
const path = z.object({ id: storableText(120) });
const idempotencyKey = z.object({ 'Idempotency-Key': storableText(255).optional() });

const ofCustomer = z.object({ user: openBody.shape.user });

/** Whom a door token is for: a front end says so, a customer who is logged in is meant. */
export function parseDoorToken(
  body: unknown,
  caller: Exclude<Caller, { kind: 'anybody' }>,
): Parsed<{ readonly id: string; readonly email: string }> {
  if (caller.kind === 'customer') return { ok: true, value: { id: caller.customerId ?? '', email: '' } };
  const given = parse(ofCustomer, body);
  return given.ok ? { ok: true, value: given.value.user } : given;
}

export function isByCredential(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'credential' in body;
}

export function parseOpenByCredential(
  params: unknown,
  body: unknown,
  keyHeader: string,
  caller: string,
  payments: 'record' | 'stripe',
): Parsed<OpenRequest> {
  const machine = parse(path, params);
  const given = payments === 'stripe' ? parse(orderOfCredentialByStripe, body) : parse(orderOfCredential, body);
  const key = parse(idempotencyKey, { 'Idempotency-Key': keyHeader === '' ? undefined : keyHeader });
  if (!machine.ok || !given.ok || !key.ok) {
    return { ok: false, faults: [machine, given, key].flatMap((part) => (part.ok ? [] : part.faults)) };
  }
  const { credential: shown, ...order } = given.value;
  // The card that is shown is the one that pays.
  const payment = shown.kind === 'card' ? { ...order.payment, paymentMethodId: shown.paymentMethodId } : order.payment;
  // A token opens one door: repeated without a key of the caller's, it means the same purchase, also when that is over.
  const own = shown.kind === 'token' ? `door-token:${fingerprint(shown.token)}` : null;
  const request = requestOf(machine.value.id, { ...order, payment }, caller, key.value['Idempotency-Key'] ?? own);
  const requestHash = fingerprint([machine.value.id, given.value]);
  return { ok: true, value: { ...request, customer: { credential: shown }, requestHash } };
}
