/** Who a customer is at Stripe: made there once, on first need, however many calls and instances ask at the same time. */
import type { NotNow } from '../core/answer';
import type { BillingParts } from '../core/parts';
import { adoptStripeCustomer } from '../store/customers';
import { findPerson, type Person } from '../store/people';
import { burnKey, takeTicket, type CallTicket } from '../store/stripe-calls';
import { findCustomerByEmail, findCustomerSince, USER_METADATA } from '../stripe/find-customer';

export type Ensured = { readonly kind: 'customer'; readonly stripeCustomerId: string } | NotNow;

export type EnsureCustomer = (person: Person) => Promise<Ensured>;

/** How often it is tried in one go, and the wait while another call with the same key runs, in milliseconds. */
const TRIES = 6;
const BUSY_MS = 250;

export function createEnsureCustomer(parts: Pick<BillingParts, 'database' | 'call'>): EnsureCustomer {
  const underWay = new Map<number, Promise<Ensured>>();
  return (person) => {
    if (person.stripeCustomerId !== null) return Promise.resolve(made(person.stripeCustomerId));
    const running = underWay.get(person.id) ?? make(person, parts).finally(() => underWay.delete(person.id));
    underWay.set(person.id, running);
    return running;
  };
}

async function make(person: Person, parts: Pick<BillingParts, 'database' | 'call'>): Promise<Ensured> {
  const { database, call } = parts;
  let last: NotNow = { kind: 'unavailable', message: 'Stripe was not asked.' };
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const ticket = await takeTicket(database, `user:${person.documentId}`, 'customer');
    if (ticket.isRepeated) {
      const known = await look(person, parts);
      if (known) return known;
    }
    const answer = await call((stripe) =>
      stripe.customers.create(
        { email: person.email, metadata: { [USER_METADATA]: person.documentId } },
        { idempotencyKey: ticket.key },
      ),
    );
    switch (answer.kind) {
      case 'ok':
        return adopt(person, answer.value.id, parts);
      case 'unavailable':
        return answer;
      case 'busy':
        last = answer;
        await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
        break;
      case 'unclear':
        if (answer.isKept) await burnKey(database, ticket);
        last = answer;
        break;
      case 'declined':
      case 'invalid': {
        const earlier = await lookFurther(person, ticket, parts);
        if (earlier) return earlier;
        last = { kind: 'unclear', isKept: true, message: answer.message };
      }
    }
  }
  return last;
}

/** What another call, here or on another instance, has brought about meanwhile. */
async function look(person: Person, parts: Pick<BillingParts, 'database' | 'call'>): Promise<Ensured | undefined> {
  const current = await findPerson(parts.database, person.id);
  if (current && current.stripeCustomerId !== null) return made(current.stripeCustomerId);
  const found = await findCustomerByEmail(person, parts.call);
  if (found.kind === 'ok') return found.value ? adopt(person, found.value.id, parts) : undefined;
  return found.kind === 'declined' || found.kind === 'invalid' ? undefined : found;
}

/**
 * Stripe refuses a key that came before with another e-mail, which is why the earlier customer is not found by it. Where
 * there is none at all, the key is used up.
 */
async function lookFurther(person: Person, ticket: CallTicket, parts: Pick<BillingParts, 'database' | 'call'>) {
  const found = await findCustomerSince(person, ticket.firstAt, parts.call);
  if (found.kind === 'ok' && found.value) return adopt(person, found.value.id, parts);
  if (found.kind === 'ok') await burnKey(parts.database, ticket);
  return undefined;
}

/** A front end's word may have said meanwhile who they are at Stripe: then that counts. */
async function adopt(
  person: Person,
  stripeCustomerId: string,
  { database }: Pick<BillingParts, 'database'>,
): Promise<Ensured> {
  if (await adoptStripeCustomer(database, person.id, stripeCustomerId)) return made(stripeCustomerId);
  const current = await findPerson(database, person.id);
  if (current && current.stripeCustomerId !== null) return made(current.stripeCustomerId);
  throw new Error(`Customer ${stripeCustomerId} at Stripe belongs to another user than ${person.documentId}.`);
}

function made(stripeCustomerId: string): Ensured {
  return { kind: 'customer', stripeCustomerId };
}
