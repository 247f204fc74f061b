/** One try at delivering a webhook. */
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { ConsecutiveBreaker, circuitBreaker, handleWhenResult, isBrokenCircuitError } from 'cockatiel';
import { PrivateAddress, isPublicAddress, publicLookup } from './address';
import { SIGNATURE_HEADER, sign } from './signature';

export interface WebhookTarget {
  readonly url: string;
  readonly secret: string;
  /** For everything from the name look-up to the answer's first line, in milliseconds. */
  readonly timeoutMs: number;
  /** Whether private and loopback addresses are refused. */
  readonly publicOnly: boolean;
}

export type SendOutcome =
  | { readonly kind: 'accepted' }
  /** It answered, with something else than 2xx. Redirects are among these: they are never followed. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Sends a body. Never throws. */
export type SendWebhook = (body: string) => Promise<SendOutcome>;

const FAILURES_IN_A_ROW = 5;
const REST_MS = 30_000;

/**
 * A sender for one target. After five failures to reach it in a row it is left alone for half a minute, so that a target
 * that hangs does not make every delivery wait for the timeout.
 */
export function createWebhookSender(target: WebhookTarget, lookup = publicLookup()): SendWebhook {
  const isUnreachable = (outcome: unknown) => (outcome as SendOutcome).kind === 'unreachable';
  const breaker = circuitBreaker(handleWhenResult(isUnreachable), {
    halfOpenAfter: REST_MS,
    breaker: new ConsecutiveBreaker(FAILURES_IN_A_ROW),
  });
  return async (body) => {
    try {
      return await breaker.execute(() => send(target, body, lookup));
    } catch (error) {
      if (!isBrokenCircuitError(error)) throw error;
      return { kind: 'unreachable', reason: 'it did not answer the last times and is left alone for a moment' };
    }
  };
}

function send(target: WebhookTarget, body: string, lookup: ReturnType<typeof publicLookup>): Promise<SendOutcome> {
  const url = new URL(target.url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // Sockets do not look up what is already an address.
  if (target.publicOnly && isIP(host) !== 0 && !isPublicAddress(host)) {
    return Promise.resolve({ kind: 'unreachable', reason: new PrivateAddress(host).message });
  }
  const options: https.RequestOptions = {
    method: 'POST',
    agent: false, // a connection of its own, so that every try looks the name up and checks it
    signal: AbortSignal.timeout(target.timeoutMs),
    headers: {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'User-Agent': 'Larder-Webhooks/1',
      [SIGNATURE_HEADER]: sign(body, target.secret, Math.floor(Date.now() / 1000)),
    },
    ...(target.publicOnly && { lookup }),
  };
  return new Promise((resolve) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, options, (response) => {
      const status = response.statusCode ?? 0;
      // The status is the answer. What follows is read away politely until the signal above ends it.
      response.on('error', () => response.destroy()).resume();
      resolve(
        status >= 200 && status < 300 ? { kind: 'accepted' } : { kind: 'refused', reason: `it answered ${status}` },
      );
    });
    request.once('error', (error) => resolve({ kind: 'unreachable', reason: reasonOf(error, target.timeoutMs) }));
    request.end(body);
  });
}

function reasonOf(error: Error, timeoutMs: number): string {
  return error.name === 'TimeoutError' || error.name === 'AbortError'
    ? `no answer within ${timeoutMs} ms`
    : error.message;
}
