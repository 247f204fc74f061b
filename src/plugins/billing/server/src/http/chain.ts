/**
 * The way of every call of the billing flow, the same for each and on each: gateway, token, user, billing, Stripe. The first
 * that says no is the answer.
 */
import type { Core } from '@strapi/strapi';
import { callerOf, refuse, refuseFields, type Caller, type Parsed } from '../../../../../shared/http';
import { webOf, type BillingWeb } from '../services/web';
import type { Person } from '../store/people';
import { whoIs, type NamedUser } from './person';

export type KnownCaller = Exclude<Caller, { kind: 'anybody' }>;

/** A call that was let through. `person` is null where a front end asks about somebody it need not name. */
export interface Pass<Request> {
  readonly request: Request;
  readonly caller: KnownCaller;
  readonly person: Person | null;
  readonly billing: BillingWeb;
}

/** What a request says about whom it is for; null where the caller need not say. */
export interface Spoken {
  readonly user: NamedUser | null;
}

export interface ChainContext {
  status: number;
  body: unknown;
  readonly params: unknown;
  readonly request: { readonly body?: unknown };
  readonly state: Parameters<typeof callerOf>[0];
  get(header: string): string;
}

export async function throughChain<Request extends Spoken>(
  strapi: Core.Strapi,
  ctx: ChainContext,
  read: (caller: KnownCaller) => Parsed<Request>,
  work: (pass: Pass<Request>) => Promise<void>,
): Promise<void> {
  // Gateway: only a route of Larder's, within its limits, leads here.

  // Token: of a front end or of a customer, checked by the route on this very call.
  const caller = callerOf(ctx.state);
  if (caller.kind === 'anybody') return refuse(ctx, 401, 'unauthorized', 'Please log in.');
  const request = read(caller);
  if (!request.ok) return refuseFields(ctx, request.faults);

  // User: there, themselves, and not blocked.
  const user = await whoIs(caller, request.value.user, strapi);
  if (user.kind === 'refused') return refuse(ctx, user.status, user.code, user.message, user.details);

  // Billing: Larder takes money itself.
  const billing = webOf(strapi);
  if (!billing) return refuse(ctx, 404, 'billing_off', 'This Larder does not take payments itself.');

  // Stripe: asked by the work, which answers 503 `payments_unavailable` where it is away.
  return work({ request: request.value, caller, person: user.person, billing });
}
