/** Sends messages to Slack, once each: trying again is the queue's business. */
import { LogLevel, WebAPIPlatformError, WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import { ConsecutiveBreaker, TimeoutStrategy, circuitBreaker, handleWhen, timeout, wrap } from 'cockatiel';
import type { Settings } from '../settings';
import type { SlackMessage } from './message';

export type SlackOutcome =
  | { readonly kind: 'posted'; readonly ts: string }
  /** Not accepted as far as we know. The reason carries no secret. */
  | { readonly kind: 'failed'; readonly reason: string };

export interface SlackSender {
  /** Posts one message. Never throws, and answers within the timeout of the settings and a second. */
  post(message: SlackMessage): Promise<SlackOutcome>;
}

const FAILURES_IN_A_ROW = 5;
const REST_MS = 30_000;

/**
 * A sender for one channel. It stays away from Slack for as long as a 429 asks (Retry-After,
 * https://docs.slack.dev/apis/web-api/rate-limits), and for half a minute after five failures in a row.
 */
export function createSlackSender(
  { token, channel, apiUrl, timeoutMs }: NonNullable<Settings['slack']>,
  now: () => number = Date.now,
): SlackSender {
  const client = new WebClient(token, {
    ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timeoutMs,
    logLevel: LogLevel.ERROR,
  });
  // An answer is an answer: "no such channel" and "slow down" say that Slack is well.
  const isOutage = (error: Error) => !(error instanceof WebAPIPlatformError || error instanceof WebAPIRateLimitedError);
  const policy = wrap(
    circuitBreaker(handleWhen(isOutage), {
      halfOpenAfter: REST_MS,
      breaker: new ConsecutiveBreaker(FAILURES_IN_A_ROW),
    }),
    // The client's own timeout ends the request; this one is for whatever else could hang.
    timeout(timeoutMs + 1000, TimeoutStrategy.Aggressive),
  );
  let notBefore = 0;

  return {
    async post(message) {
      const wait = notBefore - now();
      if (wait > 0) return { kind: 'failed', reason: `Slack asked for ${Math.ceil(wait / 1000)} more seconds of rest` };
      try {
        const { ts } = await policy.execute(() => client.chat.postMessage({ channel, ...message }));
        return ts === undefined
          ? { kind: 'failed', reason: 'Slack accepted a message but did not name it' }
          : { kind: 'posted', ts };
      } catch (error) {
        if (error instanceof WebAPIRateLimitedError) notBefore = now() + error.retryAfter * 1000;
        return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}
