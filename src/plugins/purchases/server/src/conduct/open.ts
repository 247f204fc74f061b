/** The front end asks for a door: who may have it, and what is answered. */
import { newDocumentId, newRef } from '../../../../../shared/ids';
import { DatabaseUnavailable } from '../../../../../shared/sql';
import { within } from '../../../../../shared/within';
import type { Purchase } from '../core/purchase';
import { isBeforeOpen } from '../core/states';
import { PAYMENT_SECONDS } from '../core/deadlines';
import { findOrMakeCustomer } from '../store/customers';
import { findMachine, type Machine } from '../store/machines';
import {
  createPurchase,
  findPurchase,
  findStanding,
  type NewPurchase,
  type StandingPurchase,
} from '../store/purchases';
import type { Credential, CredentialFault } from '../credentials/credential';
import { resolveCredential } from '../credentials/resolve';
import type { Decline } from '../ports';
import type { Keeper } from './keeper';
import { orderOf } from './line-holder';
import type { Parts } from './parts';

/** A request for a door, checked as far as that can be done without the database. */
export interface OpenRequest {
  readonly machineKey: string;
  /** Named by a trusted front end, or known by their own log-in. */
  readonly customer:
    | { readonly id: string; readonly email: string }
    | { readonly userId: number; readonly id: string | null }
    | { readonly credential: Credential };
  /** The ceiling in minor units; the machine's own where the front end names none. */
  readonly amount: number | null;
  readonly currency: string | null;
  readonly paymentProvider: string;
  readonly paymentIntentId: string | null;
  readonly payment: unknown;
  readonly referralCode: string | null;
  readonly expertId: string | null;
  readonly caller: string;
  readonly idempotencyKey: string | null;
  readonly requestHash: string;
  /** Whether the caller was told to try again meanwhile: then no purchase may begin that nobody expects. */
  readonly isGivenUp?: () => boolean;
}

export type OpenOutcome =
  | { readonly kind: 'purchase'; readonly purchase: Purchase; readonly decline: Decline | null }
  | { readonly kind: 'machine_not_found' }
  | { readonly kind: 'machine_locked'; readonly reason: string | null }
  | { readonly kind: 'machine_busy' }
  | { readonly kind: 'customer_conflict' }
  | { readonly kind: 'customer_blocked' }
  | { readonly kind: 'credential_refused'; readonly fault: CredentialFault }
  /** Whose card it is cannot be found out now. */
  | { readonly kind: 'payments_unavailable' }
  | { readonly kind: 'idempotency_conflict' }
  /** Neither the request nor the machine says how much to hold. */
  | { readonly kind: 'amount_missing' };

/** A purchase that ends between our insert and our look for what stood in its way is tried again, so many times. */
const TRIES = 3;
const POLL_MS = 150;

/** @throws {DatabaseUnavailable} when nothing could be written; the door was then not asked for. */
export async function openDoor(request: OpenRequest, parts: Parts, keeper: Keeper): Promise<OpenOutcome> {
  const machine = await findMachine(parts.database, request.machineKey);
  if (!machine) return { kind: 'machine_not_found' };
  const customer = await whoIs(request, parts);
  if (customer.kind !== 'customer') return customer;

  const ceiling = ceilingOf(request, machine);
  if (!ceiling) return { kind: 'amount_missing' };
  const wanted = newPurchase({ ...request, ...ceiling }, machine, customer.customer, parts);
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    // A repeated request gets its purchase even where the machine was locked meanwhile.
    const standing = machine.salesLocked || attempt > 0 ? await findStanding(parts.database, wanted) : undefined;
    if (standing) return answerStanding(standing, wanted, parts, keeper);
    if (machine.salesLocked) return { kind: 'machine_locked', reason: machine.salesLockedReason };
    if (request.isGivenUp?.()) throw new DatabaseUnavailable(new Error('The caller waits no longer.'));
    const since = performance.now();
    const purchase = await createPurchase(parts.database, wanted);
    if (purchase) return bringToDoor(purchase, since, parts, keeper);
  }
  return { kind: 'machine_busy' };
}

type Customer = NonNullable<Purchase['user']>;

type WhoIs =
  | { readonly kind: 'customer'; readonly customer: Customer }
  | Extract<
      OpenOutcome,
      { kind: 'customer_conflict' | 'customer_blocked' | 'credential_refused' | 'payments_unavailable' }
    >;

async function whoIs({ customer: named, caller, idempotencyKey }: OpenRequest, parts: Parts): Promise<WhoIs> {
  if ('credential' in named) {
    const resolved = await resolveCredential(named.credential, { caller, key: idempotencyKey ?? '' }, parts);
    if (resolved.kind !== 'holder') return resolved;
    const { id, customerId, isBlocked } = resolved.holder;
    return isBlocked ? { kind: 'customer_blocked' } : { kind: 'customer', customer: { id, customerId } };
  }
  if ('userId' in named) return { kind: 'customer', customer: { id: named.userId, customerId: named.id ?? '' } };
  const found = await findOrMakeCustomer(parts.database, named.id, named.email);
  if (found.kind === 'conflict') return { kind: 'customer_conflict' };
  if (found.isBlocked) return { kind: 'customer_blocked' };
  return { kind: 'customer', customer: { id: found.id, customerId: named.id } };
}

interface Ceiling {
  readonly amount: number;
  readonly currency: string;
}

function ceilingOf(request: OpenRequest, machine: Machine): Ceiling | undefined {
  const amount = request.amount ?? machine.ceilingAmount;
  const currency = request.amount === null ? machine.ceilingCurrency : request.currency;
  return amount !== null && currency !== null ? { amount, currency } : undefined;
}

function newPurchase(request: OpenRequest & Ceiling, machine: Machine, user: Customer, parts: Parts): NewPurchase {
  const authorized = parts.payments.authorizeAtOnce?.(request) ?? null;
  const [documentId, ref] = [newDocumentId(), newRef()];
  const order = authorized && orderOf({ ...request, authorizedAmount: authorized.amount, documentId });
  return {
    documentId,
    ref,
    request: order && parts.driver.recordRequest({ ref, vendorId: machine.vendorId }, order),
    machine: { id: machine.id, documentId: machine.documentId, vendorId: machine.vendorId },
    user,
    amount: request.amount,
    currency: request.currency,
    credential: 'credential' in request.customer ? request.customer.credential.kind : 'customer',
    paymentProvider: request.paymentProvider,
    paymentIntentId: request.paymentIntentId,
    payment: request.payment,
    referralCode: request.referralCode,
    expertId: request.expertId,
    caller: request.caller,
    idempotencyKey: request.idempotencyKey,
    requestHash: request.requestHash,
    owner: parts.instance,
    authorized,
    deadlineSeconds: authorized ? parts.policy.vendorTimeoutMs / 1000 : PAYMENT_SECONDS,
  };
}

async function bringToDoor(purchase: Purchase, since: number, parts: Parts, keeper: Keeper): Promise<OpenOutcome> {
  const watch = keeper.begin(purchase, since);
  await within(parts.policy.openReplyWithinMs, watch.answered);
  return told(watch.purchase, parts);
}

async function told(purchase: Purchase, parts: Parts): Promise<OpenOutcome> {
  const isDeclined = purchase.state === 'refused' && purchase.refusalCode === 'payment_declined';
  const decline = isDeclined ? await parts.payments.explain?.(purchase.documentId) : undefined;
  return { kind: 'purchase', purchase, decline: decline ?? null };
}

async function answerStanding(
  standing: StandingPurchase,
  wanted: NewPurchase,
  parts: Parts,
  keeper: Keeper,
): Promise<OpenOutcome> {
  if (standing.isSameKey && standing.requestHash !== wanted.requestHash) return { kind: 'idempotency_conflict' };
  if (!standing.isSameKey && standing.userId !== wanted.user.id) return { kind: 'machine_busy' };
  return told(await awaitAnswer(standing.id, parts, keeper), parts);
}

/** The purchase once the front end can be told about its door, or as it is when the time for an answer is over. */
async function awaitAnswer(id: number, parts: Parts, keeper: Keeper): Promise<Purchase> {
  const endsAt = performance.now() + parts.policy.openReplyWithinMs;
  for (;;) {
    const purchase = await findPurchase(parts.database, id);
    if (!purchase) throw new Error(`Purchase ${id} is not there any more.`);
    const left = endsAt - performance.now();
    if (!isBeforeOpen(purchase.state) || left <= 0) return purchase;
    // Another instance may look after it: then only the row tells.
    const watch = keeper.find(purchase.documentId);
    await within(Math.min(left, watch ? left : POLL_MS), watch?.answered ?? new Promise(() => undefined));
  }
}
