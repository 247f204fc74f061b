/** Whose credential it is. A card that nobody saved is a customer of its own, known again by its fingerprint. */
import { createHash } from 'node:crypto';
import type { Database } from '../../../../../shared/sql';
import type { PaymentProvider } from '../ports';
import { findOrMakeCustomer } from '../store/customers';
import type { Credential, CredentialFault } from './credential';
import { readDoorToken } from './door-token';
import { findByBadge, findByCard, useDoorToken, type Holder, type TokenRequest } from './store';

export interface CredentialParts {
  readonly database: Database;
  readonly payments: Pick<PaymentProvider, 'recogniseCard'>;
  readonly tokenSecret: string;
}

export type Resolved =
  | { readonly kind: 'holder'; readonly holder: Holder }
  | { readonly kind: 'credential_refused'; readonly fault: CredentialFault }
  | { readonly kind: 'payments_unavailable' };

/** @param request the same one again finds its token as it left it. */
export async function resolveCredential(
  credential: Credential,
  request: TokenRequest,
  parts: CredentialParts,
): Promise<Resolved> {
  switch (credential.kind) {
    case 'token': {
      const id = readDoorToken(credential.token, parts.tokenSecret);
      if (id === null) return refused('token_invalid');
      const use = await useDoorToken(parts.database, id, request);
      return use.kind === 'holder' ? use : refused(use.fault);
    }
    case 'badge': {
      const holder = await findByBadge(parts.database, credential.uid);
      return holder ? { kind: 'holder', holder } : refused('badge_unknown');
    }
    case 'card':
      return resolveCard(credential.paymentMethodId, parts);
  }
}

async function resolveCard(paymentMethodId: string, { database, payments }: CredentialParts): Promise<Resolved> {
  const saved = await findByCard(database, { paymentMethodId, fingerprint: null, providerCustomerId: null });
  if (saved) return { kind: 'holder', holder: saved };
  // Without anybody to ask, the id is all that is known of a card.
  const card = (await payments.recogniseCard?.(paymentMethodId)) ?? unknown(paymentMethodId);
  if (card.kind === 'unavailable') return { kind: 'payments_unavailable' };
  if (card.kind === 'unusable') return refused('card_unusable');
  const known = await findByCard(database, { paymentMethodId, ...card });
  if (known) return { kind: 'holder', holder: known };
  const name = createHash('sha256').update(card.fingerprint).digest('hex').slice(0, 32);
  const customerId = `card:${name}`;
  const made = await findOrMakeCustomer(database, customerId, `${name}@card.invalid`);
  if (made.kind === 'conflict') return refused('card_unusable');
  return { kind: 'holder', holder: { id: made.id, customerId, isBlocked: made.isBlocked } };
}

function unknown(paymentMethodId: string) {
  return { kind: 'card', fingerprint: paymentMethodId, providerCustomerId: null } as const;
}

function refused(fault: CredentialFault): Resolved {
  return { kind: 'credential_refused', fault };
}
