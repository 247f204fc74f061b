/** Sends events to the account's one webhook, signed, and again where that was not answered with 2xx. */
import type Stripe from 'stripe';
import { setTimeout as wait } from 'node:timers/promises';
import type { Account } from '../account/account';
import { createOrder } from './order';
import { signatureOf } from './sign';

/** Milliseconds before each further try. The real Stripe goes on for three days. */
const RETRIES = [50, 200, 500, 1_000, 2_000, 4_000];
const ANSWER_WITHIN = 10_000;

export interface Delivery {
  readonly eventId: string;
  readonly type: string;
  /** From 1. */
  readonly attempt: number;
  /** What was answered; 0 where nothing was. */
  readonly status: number;
}

export interface Forgery {
  /** At once; one where absent. */
  readonly times?: number;
  /** Seconds since the epoch, as signed: now, where absent. */
  readonly timestamp?: number;
  /** Another secret than the endpoint's. */
  readonly secret?: string;
  /** Changes the body after it was signed. */
  readonly tamper?: (body: string) => string;
  /** The whole header, e.g. a malformed one; `null` for none. */
  readonly signature?: string | null;
}

export type Webhooks = ReturnType<typeof createWebhooks>['webhooks'];

export function createWebhooks(account: Account, endpoint: { url?: string; secret: string }) {
  const deliveries: Delivery[] = [];
  const stopping = new AbortController();
  const { signal } = stopping;
  let running = 0;

  const post = async (body: string, signature: string | null): Promise<number> => {
    const headers = { 'Content-Type': 'application/json; charset=utf-8', 'User-Agent': 'Stripe/1.0 (fake)' };
    try {
      const response = await fetch(String(endpoint.url), {
        method: 'POST',
        headers: signature === null ? headers : { ...headers, 'Stripe-Signature': signature },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN)]),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  };
  /** The webhook's own machine looks at its own clock, so signatures are of real time. */
  const realSeconds = () => Math.floor(Date.now() / 1000);

  const deliverUntilTaken = async (event: Stripe.Event): Promise<void> => {
    const body = JSON.stringify(event, null, 2);
    for (const [index, pause] of [0, ...RETRIES].entries()) {
      await wait(pause, undefined, { signal }).catch(() => undefined);
      if (signal.aborted || !endpoint.url) return;
      const status = await post(body, signatureOf(body, endpoint.secret, realSeconds()));
      deliveries.push({ eventId: event.id, type: event.type, attempt: index + 1, status });
      if (status >= 200 && status < 300) return;
    }
  };
  const order = createOrder<Stripe.Event>((event, times) => {
    for (let copy = 0; copy < times; copy += 1) {
      running += 1;
      void deliverUntilTaken(event).finally(() => (running -= 1));
    }
  });
  account.onEvent((event) => {
    if (endpoint.url) order.pass(event);
  });

  const webhooks = {
    /** Every try, oldest first. */
    deliveries: deliveries as readonly Delivery[],
    /** Sends events from now on to another place; to none where the url is empty. */
    setUrl(url: string, secret = endpoint.secret): void {
      endpoint.url = url;
      endpoint.secret = secret;
    },
    /** Sends one event again, true or forged, once, and tells the statuses that came back. */
    async deliver(eventId: string, forgery: Forgery = {}): Promise<number[]> {
      const event = account.events.get(eventId);
      if (!event) throw new Error(`No such event: ${eventId}`);
      const { times = 1, timestamp = realSeconds(), secret = endpoint.secret, tamper = (text) => text } = forgery;
      const body = JSON.stringify(event, null, 2);
      const { signature = signatureOf(body, secret, timestamp) } = forgery;
      return Promise.all(Array.from({ length: times }, () => post(tamper(body), signature)));
    },
    /** Resolves when no event is on its way any more, or was given up. */
    async settled(): Promise<void> {
      while (running > 0 || order.pending() > 0) await wait(10);
    },
  };
  return {
    webhooks,
    faults: order.faults,
    stop(): void {
      order.stop();
      stopping.abort();
    },
  };
}
