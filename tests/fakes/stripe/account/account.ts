/** One Stripe account: everything it holds, its clock, and the events of what happens to it. */
import type Stripe from 'stripe';
import { EventEmitter } from 'node:events';
import type { CardBehaviour } from './cards';
import { newEvent, type EventObject } from './event';
import { createShelf } from './shelf';
import { createTime, type FakeTime } from './time';

/** A capture that took effect: money that was taken. */
export interface Capture {
  readonly paymentIntent: string;
  readonly charge: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly by: 'api' | 'dashboard' | 'automatic';
  readonly idempotencyKey: string | null;
  /** Milliseconds, by the fake's clock. */
  readonly at: number;
}

/** Which request is being served; null while a person acts by hand. */
export type Cause = { readonly requestId: string; readonly idempotencyKey: string | null } | null;

export type Account = ReturnType<typeof createAccount>;

export function createAccount(clock: () => number, onAdvance: () => void) {
  const time: FakeTime = createTime(clock, onAdvance);
  const emitter = new EventEmitter();
  const shelves = {
    customers: createShelf<Stripe.Customer>(),
    methods: createShelf<Stripe.PaymentMethod>(),
    intents: createShelf<Stripe.PaymentIntent>(),
    setups: createShelf<Stripe.SetupIntent>(),
    charges: createShelf<Stripe.Charge>(),
    balance: createShelf<Stripe.BalanceTransaction>(),
    refunds: createShelf<Stripe.Refund>(),
    sessions: createShelf<Stripe.Checkout.Session>(),
    invoices: createShelf<Stripe.Invoice>(),
    invoicePayments: createShelf<Stripe.InvoicePayment>(),
    disputes: createShelf<Stripe.Dispute>(),
    events: createShelf<Stripe.Event>(),
  };
  const account = {
    ...shelves,
    time,
    deletedCustomers: new Set<string>(),
    /** How each card behaves, by the id of its payment method. */
    behaviours: new Map<string, CardBehaviour>(),
    sessionLines: new Map<string, Stripe.LineItem[]>(),
    sessionPlans: new Map<string, Stripe.Checkout.SessionCreateParams>(),
    captures: [] as Capture[],
    cause: null as Cause,
    /** What becomes of refunds from now on: a knob. */
    refundStatus: 'succeeded' as 'succeeded' | 'pending' | 'failed',
    /** Where this fake answers, for the links that it gives out. */
    url: '',

    /** Any object by its id, for `expand`. */
    find(id: string): object | undefined {
      if (account.deletedCustomers.has(id)) return { id, object: 'customer', deleted: true };
      for (const shelf of Object.values(shelves)) {
        const found = shelf.get(id);
        if (found) return found;
      }
      return undefined;
    },
    emit(type: Stripe.Event['type'], object: EventObject): void {
      const event = newEvent(type, object, time.seconds(), account.cause);
      account.events.add(event);
      emitter.emit('event', event);
    },
    onEvent(listener: (event: Stripe.Event) => void): void {
      emitter.on('event', listener);
    },
  };
  return account;
}
