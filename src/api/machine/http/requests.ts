import { z } from 'zod';
import type { OpenRequest } from '../../../plugins/purchases/server/src/services';
import { fingerprint, parse, storableText, type Caller, type Parsed } from '../../../shared/http';
import { isByCredential, parseOpenByCredential } from './credential-request';
import { openBody, openBodyByStripe } from './open-body';
import { requestOf } from './open-request';

const id = z.object({ id: storableText(120) });

const statusQuery = z.object({ customerId: storableText(120).optional() });

/** `GET /machines/:id/status?customerId=` */
export function parseStatus(params: unknown, query: unknown): Parsed<{ id: string; customerId?: string | undefined }> {
  return parse(id.extend(statusQuery.shape), { ...Object(query), ...Object(params) });
}

/** A customer who is logged in need not name themselves. */
const ofUser = { user: openBody.shape.user.partial().optional() };
const openBodyOfUser = openBody.extend(ofUser);
const openBodyOfUserByStripe = openBodyByStripe.extend(ofUser);

const idempotencyKey = z.object({ 'Idempotency-Key': storableText(255).optional() });

/** `POST /machines/:id/open`. `other_customer` where somebody who is logged in names somebody else. */
export function parseOpen(
  params: unknown,
  body: unknown,
  keyHeader: string,
  caller: Exclude<Caller, { kind: 'anybody' }>,
  payments: 'record' | 'stripe',
): Parsed<OpenRequest | 'other_customer'> {
  const path = parse(id, params);
  const isUser = caller.kind === 'customer';
  if (!isUser && isByCredential(body)) return parseOpenByCredential(params, body, keyHeader, caller.name, payments);
  const given =
    payments === 'stripe'
      ? parse(isUser ? openBodyOfUserByStripe : openBodyByStripe, body ?? {})
      : parse(isUser ? openBodyOfUser : openBody, body ?? {});
  const key = parse(idempotencyKey, { 'Idempotency-Key': keyHeader === '' ? undefined : keyHeader });
  if (!path.ok || !given.ok || !key.ok) {
    return { ok: false, faults: [path, given, key].flatMap((part) => (part.ok ? [] : part.faults)) };
  }
  const { user, ...order } = given.value;
  if (caller.kind === 'customer' && user?.id !== undefined && user.id !== caller.customerId) {
    return { ok: true, value: 'other_customer' };
  }
  const customer =
    caller.kind === 'customer'
      ? { userId: caller.userId, id: caller.customerId }
      : { id: user?.id ?? '', email: user?.email ?? '' };
  const request = requestOf(path.value.id, order, caller.name, key.value['Idempotency-Key'] ?? null);
  return { ok: true, value: { ...request, customer, requestHash: fingerprint([path.value.id, given.value]) } };
}
