import type Stripe from 'stripe';
import type { Answer } from '../core/answer';
import type { Person } from '../store/people';
import type { StripeCall } from './call';

/** By this name a customer at Stripe says which user of Larder they are. */
export const USER_METADATA = 'larder_user';

/** Clocks differ: a customer may be from a little before our own note, says Stripe. Seconds. */
const CLOCK_SLACK = 600;

/** The customer that was made for a user when nobody heard the answer; null where there is none. */
export function findCustomerByEmail(person: Person, call: StripeCall): Promise<Answer<Stripe.Customer | null>> {
  return find(person, { email: person.email }, call);
}

/** The same for somebody whose e-mail has changed since: through everybody made after `since`. */
export function findCustomerSince(
  person: Person,
  since: Date,
  call: StripeCall,
): Promise<Answer<Stripe.Customer | null>> {
  return find(person, { created: { gte: Math.floor(since.getTime() / 1000) - CLOCK_SLACK } }, call);
}

function find(person: Person, by: Stripe.CustomerListParams, call: StripeCall) {
  return call(async (stripe) => {
    for await (const customer of stripe.customers.list({ ...by, limit: 100 })) {
      if (customer.metadata[USER_METADATA] === person.documentId) return customer;
    }
    return null;
  });
}
