/** A request of the API, from its arrival to its answer: who asks, what goes wrong, which route, which key, what it does. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Account } from '../account/account';
import { token } from '../account/ids';
import type { FaultKind } from '../faults/fault';
import { lapse } from '../payments/lapse';
import { routes } from '../routes';
import { expanded } from '../wire/expand';
import { parseForm } from '../wire/form';
import { brokenInside, Problem } from '../wire/problem';
import { jsonAnswer, type Answer } from './answer';
import type { Keys } from './idempotency';
import type { ReceivedRequest, UnknownRequest } from './requests';

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  /** The query without its question mark. */
  readonly query: string;
  readonly body: string;
  readonly authorization: string | undefined;
  readonly idempotencyKey: string | null;
}

/** `hang` never answers, `cut` ends the socket. */
export type ApiOutcome = Answer | 'hang' | 'cut';

interface Parts {
  readonly account: Account;
  readonly secretKey: string;
  readonly keys: Keys;
  readonly takeFault: (method: string, path: string) => FaultKind | undefined;
  readonly requests: ReceivedRequest[];
  readonly unknown: UnknownRequest[];
}

export async function answerApi(parts: Parts, request: ApiRequest): Promise<ApiOutcome> {
  const { method, path } = request;
  const isPost = method === 'POST';
  const params = parseForm(isPost ? request.body : request.query);
  const received: ReceivedRequest = {
    method,
    path,
    idempotencyKey: request.idempotencyKey,
    params,
    at: parts.account.time.now(),
  };
  parts.requests.push(received);
  const headers: Record<string, string> = { 'Request-Id': `req_${token(14)}` };
  if (request.idempotencyKey) headers['Idempotency-Key'] = request.idempotencyKey;
  const fault = parts.takeFault(method, path);
  let outcome: ApiOutcome;
  try {
    outcome = await execute(parts, request, received, headers, fault);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    outcome = problemAnswer(error, headers);
  }
  if (fault?.kind === 'timeoutAfter') outcome = fault.how;
  received.status = typeof outcome === 'string' ? 0 : outcome.status;
  return outcome;
}

async function execute(
  parts: Parts,
  request: ApiRequest,
  received: ReceivedRequest,
  headers: Readonly<Record<string, string>>,
  fault: FaultKind | undefined,
): Promise<ApiOutcome> {
  const { method, path, idempotencyKey } = request;
  if (request.authorization !== `Bearer ${parts.secretKey}`) throw unauthorized(request.authorization);
  if (fault?.kind === 'timeoutBefore') return fault.how;
  throwBefore(fault);
  const { route, ids } = routeOf(parts, method, path);
  const run = noteUnknown(parts, request, () => route.prepare(received.params));
  const key = method === 'POST' && idempotencyKey ? idempotencyKey : undefined;
  const state = key === undefined ? undefined : parts.keys.begin(key, `${method} ${path}`, request.body);
  if (state?.kind === 'replay') {
    received.replayed = true;
    return { ...state.answer, headers: { ...state.answer.headers, ...headers, 'Idempotent-Replayed': 'true' } };
  }
  if (fault?.kind === 'slow') await wait(fault.milliseconds);
  const verdict = fault?.kind === 'verdict' ? fault.verdict : undefined;
  const done = perform(parts.account, request, headers, (account) => run({ account, verdict }, ids));
  const answer = fault?.kind === 'errorAfter' ? problemAnswer(brokenInside(fault.status), headers) : done;
  if (state) state.keep(answer);
  return answer;
}

/** Nothing in here waits: what one request does, no other sees half done. */
function perform(
  account: Account,
  { idempotencyKey }: ApiRequest,
  headers: Readonly<Record<string, string>>,
  run: (account: Account) => { answer: object; expand: string[] },
): Answer {
  lapse(account);
  account.cause = { requestId: String(headers['Request-Id']), idempotencyKey };
  try {
    const { answer, expand } = run(account);
    return jsonAnswer(200, expanded(account, answer, expand), headers);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return problemAnswer(error, headers);
  } finally {
    account.cause = null;
  }
}

function throwBefore(fault: FaultKind | undefined): void {
  if (fault?.kind === 'errorBefore') throw brokenInside(fault.status);
  if (fault?.kind === 'rateLimit') throw tooMany('rate_limit', 'Request rate limit exceeded.', { 'Retry-After': '1' });
  if (fault?.kind !== 'lockTimeout') return;
  const message = 'This object cannot be accessed right now because another API request or Stripe process is using it.';
  throw tooMany('lock_timeout', message, { 'Stripe-Should-Retry': 'true' });
}

const tooMany = (code: string, message: string, headers: Readonly<Record<string, string>>): Problem =>
  new Problem(429, { type: 'invalid_request_error', code, message }, headers);

function routeOf({ unknown }: Parts, method: string, path: string) {
  for (const route of routes) {
    const ids = route.match(method, path);
    if (ids) return { route, ids };
  }
  unknown.push({ method, path });
  const message = `Unrecognized request URL (${method}: ${path}).`;
  throw new Problem(404, { type: 'invalid_request_error', message });
}

function noteUnknown<T>({ unknown }: Parts, { method, path }: ApiRequest, prepare: () => T): T {
  try {
    return prepare();
  } catch (error) {
    if (error instanceof Problem && error.details.code === 'parameter_unknown') {
      unknown.push({ method, path, ...(error.details.param ? { param: error.details.param } : {}) });
    }
    throw error;
  }
}

function unauthorized(authorization: string | undefined): Problem {
  const message = authorization
    ? `Invalid API Key provided: ${authorization.slice(0, 14)}***`
    : 'You did not provide an API key.';
  return new Problem(401, { type: 'invalid_request_error', message });
}

const problemAnswer = ({ status, details, headers }: Problem, more: Readonly<Record<string, string>>): Answer =>
  jsonAnswer(status, { error: details }, { ...more, ...headers });
