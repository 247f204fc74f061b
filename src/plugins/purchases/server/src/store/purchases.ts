/** Reads of purchases for their owner, and the creation of one. Changes go through the journal alone. */
import { newDocumentId } from '../../../../../shared/ids';
import type { Sql } from '../../../../../shared/sql';
import type { Purchase } from '../core/purchase';
import type { CredentialKind } from '../credentials/credential';
import type { AuthorizedAtOnce, EventRecord } from '../ports';
import { PURCHASE_COLUMNS, PURCHASE_JOINS, purchaseOf, type PurchaseRow } from './purchase-row';

/** A purchase to be: everything is known but whether it may be. */
export interface NewPurchase {
  readonly documentId: string;
  readonly ref: string;
  readonly machine: Purchase['machine'];
  readonly user: NonNullable<Purchase['user']>;
  /** The ceiling in minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly paymentProvider: string;
  readonly paymentIntentId: string | null;
  /** How the customer showed who they are. */
  readonly credential: CredentialKind;
  /** Everything the front end sent about the payment. */
  readonly payment: unknown;
  readonly referralCode: string | null;
  readonly expertId: string | null;
  /** Who calls, e.g. `token:3`: the space in which idempotency keys are unique. */
  readonly caller: string;
  readonly idempotencyKey: string | null;
  /** Fingerprint of the request: the same key with another request is a conflict. */
  readonly requestHash: string;
  readonly owner: string;
  /** Where the money is secured already: then the purchase begins `authorized`. */
  readonly authorized: AuthorizedAtOnce | null;
  /** The request that leaves for the machine as soon as this is stored: then the purchase begins `opening`. */
  readonly request: EventRecord | null;
  readonly deadlineSeconds: number;
}

/** An earlier purchase that stands in the way of a new one, or is the same one asked for again. */
export interface StandingPurchase {
  readonly id: number;
  readonly userId: number | null;
  readonly isSameKey: boolean;
  readonly requestHash: string;
}

/**
 * Makes the purchase, its links and the first entries of its history in one statement.
 * @returns undefined when its machine has a live purchase, or its idempotency key is taken.
 */
export async function createPurchase(sql: Sql, purchase: NewPurchase): Promise<Purchase | undefined> {
  const { documentId, authorized, request } = purchase;
  const state = request ? 'opening' : authorized ? 'authorized' : 'requested';
  const [row] = await sql.rows<{ id: number }>(
    {
      name: 'purchases.create',
      text: `
with created as (
  insert into transactions (document_id, ref, credential, state, door, authorized_amount, currency, payment_state,
    payment_provider, payment_intent_id, payment, referral_code, expert_id, active_machine, caller, idempotency_key,
    request_hash, owner, fence, revision, deadline_at, requested_at, created_at, updated_at, published_at)
  values ($1, $2, $25, $18, 'locked', $3, $4, $19, $5, $6, $7::jsonb, $8, $9, $10, $11, $12, $13, $14, 1, 1,
    now() + make_interval(secs => $15), now(), now(), now(), now())
  on conflict do nothing
  returning id
),
of_machine as (
  insert into transactions_machine_lnk (transaction_id, machine_id, transaction_ord) select id, $10, id from created
),
of_user as (
  insert into transactions_user_lnk (transaction_id, user_id, transaction_ord) select id, $16, id from created
),
event as (
  insert into events (document_id, name, kind, outcome, data, received_at, created_at, updated_at, published_at)
  select e.document_id, e.name, e.kind, e.outcome, e.data, now(), now(), now(), now()
  from created, (values
    (1, $17, 'purchase.requested', 'system', 'requested', null::jsonb),
    (2, $20, 'payment.authorized', 'system', $19, null),
    (3, $21, $22, 'command', $23, $24)) e(n, document_id, name, kind, outcome, data)
  where e.document_id is not null order by e.n
  returning id
),
event_of_transaction as (
  insert into events_transaction_lnk (event_id, transaction_id, event_ord) select e.id, c.id, e.id from event e, created c
),
event_of_machine as (insert into events_machine_lnk (event_id, machine_id) select id, $10 from event),
event_of_user as (insert into events_user_lnk (event_id, user_id) select id, $16 from event)
select id from created`,
    },
    [
      documentId,
      purchase.ref,
      authorized?.amount ?? purchase.amount,
      purchase.currency,
      purchase.paymentProvider,
      authorized?.paymentIntentId ?? purchase.paymentIntentId,
      JSON.stringify(purchase.payment),
      purchase.referralCode,
      purchase.expertId,
      purchase.machine.id,
      purchase.caller,
      purchase.idempotencyKey,
      purchase.requestHash,
      purchase.owner,
      purchase.deadlineSeconds,
      purchase.user.id,
      newDocumentId(),
      state,
      authorized?.paymentState ?? 'none',
      authorized && newDocumentId(),
      request && newDocumentId(),
      request?.name ?? null,
      request?.outcome ?? null,
      request && JSON.stringify(request.data),
      purchase.credential,
    ],
  );
  if (!row) return undefined;
  return {
    id: row.id,
    documentId,
    ref: purchase.ref,
    machine: purchase.machine,
    user: purchase.user,
    state,
    door: 'locked',
    authorizedAmount: authorized?.amount ?? purchase.amount,
    currency: purchase.currency,
    paymentProvider: purchase.paymentProvider,
    paymentIntentId: authorized?.paymentIntentId ?? purchase.paymentIntentId,
    vendorSession: null,
    doorRequested: false,
    reminded: false,
    basket: null,
    fence: 1,
    revision: 1,
    refusalCode: null,
    vendorCode: null,
    message: null,
  };
}

/** The purchase with this idempotency key, or else the live one on this machine. */
export async function findStanding(
  sql: Sql,
  { caller, idempotencyKey, machine }: Pick<NewPurchase, 'caller' | 'idempotencyKey' | 'machine'>,
): Promise<StandingPurchase | undefined> {
  const [row] = await sql.rows<{ id: number; user_id: number | null; is_same_key: boolean; request_hash: string }>(
    {
      name: 'purchases.standing',
      text: `
select t.id, tu.user_id, coalesce(t.caller = $1 and t.idempotency_key = $2, false) as is_same_key, t.request_hash
from transactions t left join transactions_user_lnk tu on tu.transaction_id = t.id
where (t.caller = $1 and t.idempotency_key = $2) or t.active_machine = $3
order by is_same_key desc limit 1`,
    },
    [caller, idempotencyKey, machine.id],
  );
  return row && { id: row.id, userId: row.user_id, isSameKey: row.is_same_key, requestHash: row.request_hash };
}

/** Which purchase a stray frame may be of: by the vendor's session, else by our own reference. */
export async function findByWire(sql: Sql, session: string | null, ref: string | null): Promise<Purchase | undefined> {
  if (session === null && ref === null) return undefined;
  const [row] = await sql.rows<PurchaseRow>(
    {
      name: 'purchases.by-wire',
      text: `select ${PURCHASE_COLUMNS} from transactions t ${PURCHASE_JOINS}
where t.vendor_session = $1 or t.ref = $2
order by (t.vendor_session is not distinct from $1) desc, t.id desc limit 1`,
    },
    [session, ref],
  );
  return row && purchaseOf(row);
}

/** One purchase by its public id, whatever its state. */
export async function findByDocumentId(sql: Sql, documentId: string): Promise<Purchase | undefined> {
  const [row] = await sql.rows<PurchaseRow>(
    {
      name: 'purchases.by-document-id',
      text: `select ${PURCHASE_COLUMNS} from transactions t ${PURCHASE_JOINS} where t.document_id = $1`,
    },
    [documentId],
  );
  return row && purchaseOf(row);
}

export async function findPurchase(sql: Sql, id: number): Promise<Purchase | undefined> {
  const [row] = await sql.rows<PurchaseRow>(
    {
      name: 'purchases.by-id',
      text: `select ${PURCHASE_COLUMNS} from transactions t ${PURCHASE_JOINS} where t.id = $1`,
    },
    [id],
  );
  return row && purchaseOf(row);
}
