import type { Core } from '@strapi/strapi';
import { runtime } from '../../../../../shared/runtime';
import { getService } from '../../../../purchases/server/src/services';
import { findPerson, type Person } from '../store/people';
import type { KnownCaller } from './chain';

/** A customer as a request names them: by the front end's id. */
export interface NamedUser {
  readonly id: string | null;
  readonly email: string | null;
}

export type WhoIs =
  | { readonly kind: 'person'; readonly person: Person | null }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string;
      readonly message: string;
      readonly details?: Readonly<Record<string, unknown>>;
    };

/** Whom a call is for: a customer who is logged in speaks for themselves, a front end for whom it names. */
export async function whoIs(caller: KnownCaller, named: NamedUser | null, strapi: Core.Strapi): Promise<WhoIs> {
  if (caller.kind === 'customer') {
    if (named && named.id !== null && named.id !== caller.customerId) {
      return no(403, 'other_customer', 'You may do this for yourself only.');
    }
    return personOf(caller.userId, strapi);
  }
  if (!named) return { kind: 'person', person: null };
  const found = await getService(strapi, 'purchases').findOrMakeCustomer(named.id ?? '', named.email ?? '');
  if (found.kind === 'conflict') {
    return no(409, 'customer_conflict', 'user.email belongs to a customer with another id.', { field: 'user.email' });
  }
  return personOf(found.id, strapi);
}

async function personOf(userId: number, strapi: Core.Strapi): Promise<WhoIs> {
  const person = await findPerson(runtime(strapi).database, userId);
  if (!person) return no(401, 'unauthorized', 'Please log in.');
  if (person.isBlocked) return no(403, 'customer_blocked', 'This customer may not pay here.');
  return { kind: 'person', person };
}

function no(status: number, code: string, message: string, details: Readonly<Record<string, unknown>> = {}): WhoIs {
  return { kind: 'refused', status, code, message, details };
}
