'use strict';
/**
 * Loaded into a Larder by a test (`node --require`): kills the process, as `kill -9` does, at the N-th step of a purchase.
 *
 * LARDER_CRASH_FILE names a file with the order, `{"at": 5, "when": "before", "of": "purchase"}`. Without the file nothing is
 * counted; a new order begins to count anew. `before`: the step never leaves the process. `after`: the database has
 * acknowledged it, the frame is on its way, or Stripe has answered, and nobody in the process has heard of it. Each step
 * counted is named in `<file>.seen`; those that take effect only with the commit that follows have a `+` before them.
 *
 * Only the purchase that is made, or the refund that is asked for, after the order is counted, or what goes by the order's
 * `name` (a purchase's id, a meal's barcode): an earlier one may still write (a frame that came late, a job that is given out again), and a count with that in it would pass over a step.
 */
const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const http = require('node:http');
const { URL } = require('node:url');
const { Client } = require('pg');
const { WebSocket } = require('ws');

const FILE = process.env.LARDER_CRASH_FILE;
const STRIPE = process.env.STRIPE_API_BASE && new URL(process.env.STRIPE_API_BASE);

const STEPS = {
  /**
   * What a purchase writes and sends to its fridge. Leases and sweeps come by the clock, so they cannot be counted. Of the
   * transaction that takes its meals out of stock one statement stands for those between its first and its commit.
   */
  purchase: /^(customers\.|purchases\.(create|journal)$|meals\.record-movements$|send )/,
  /** What is written about its money, and asked of Stripe. */
  money:
    /^(meals\.claim-theft$|billing\.(begin-hold|charge-period|ticket|burn-key|adopt-customer|adopt-intent|change-payment|post|note-fee|record-debt|(insert|change)-refund|add-refunded)$|purchases\.note-money$|(GET|POST) )/,
  /** What is written while its meals are taken out of stock. */
  meals:
    /^meals\.(claim-purchase|collect|leave|record-movements|rebill-remove|rebill|keep-result|record-thefts|count-thefts)$/,
};
/** Statements that cannot be about anybody else: only one purchase is made at a time. */
const OWN = /^(customers\.|billing\.adopt-customer$)/;

let order = '';
let seen = 0;
/** What the purchase goes by, as text: its ids, its ref, its intent and card, its refund's key. */
let names = [];
let paymentRow;

const die = () => process.kill(process.pid, 'SIGKILL');

/** What is to be counted, if anything is. */
function ordered() {
  const text = FILE && existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
  const current = text === '' ? undefined : JSON.parse(text);
  if (text !== order) {
    order = text;
    seen = 0;
    names = current?.name ? [current.name] : [];
    paymentRow = undefined;
  }
  return current;
}

/** Counts a step; answers where to die at it, if at all. */
function reached({ at, when }, name) {
  seen += 1;
  appendFileSync(`${FILE}.seen`, `${name}\n`);
  return seen === at ? when : undefined;
}

const isNamed = (text) => names.some((name) => text.includes(name));

/** The clients in a transaction, and those in whose transaction the purchase was written. */
const inTransaction = new WeakSet();
const inPurchase = new WeakSet();
/** Those with a step in their transaction. */
const inStep = new WeakSet();

/** The step that a statement is, or undefined. */
function stepOf(client, query, { of }) {
  const { name = '', text = '', values = [] } = typeof query === 'string' ? { text: query } : (query ?? {});
  if (text === 'commit' || text === 'rollback') {
    const isOurs = inPurchase.delete(client);
    const hasStep = inStep.delete(client);
    // What has to do with the purchase and not with its money goes on beside it, now before and now after the next step.
    return text === 'commit' && isOurs && (hasStep || of === 'purchase') ? text : undefined;
  }
  if (name === 'purchases.create') names = [values[0], values[1], values[5], JSON.parse(values[6])?.paymentMethodId];
  if (name === 'billing.insert-refund') names = [values[1]];
  names = names.filter(Boolean);
  const isOurs =
    inPurchase.has(client) ||
    OWN.test(name) ||
    (paymentRow !== undefined && values[0] === paymentRow && name.startsWith('billing.')) ||
    values.some((value) => typeof value === 'string' && isNamed(value));
  if (!isOurs) return undefined;
  if (inTransaction.has(client)) inPurchase.add(client);
  const step = /insert\s+into\s+pgboss/i.test(text) ? 'jobs' : STEPS[of].test(name) ? name : undefined;
  if (!step || !inTransaction.has(client)) return step;
  inStep.add(client);
  return `+${step}`;
}

/** By which numbers the purchase goes is known from these answers. */
function learn(query, result) {
  const row = result?.rows?.[0];
  if (query?.name === 'purchases.create' && row) names.push(`"transaction_id":${row.id},`);
  if (query?.name === 'billing.payment-by-key' && row && isNamed(query.values[0])) paymentRow = row.id;
}

const query = Client.prototype.query;
Client.prototype.query = function (...given) {
  const current = ordered();
  // Also without an order: a transaction may outlast the one that it began with.
  if (given[0] === 'begin') inTransaction.add(this);
  if (given[0] === 'commit' || given[0] === 'rollback') inTransaction.delete(this);
  if (!current) return query.apply(this, given);
  const step = stepOf(this, given[0], current);
  const when = step && reached(current, step);
  if (when === 'before') die();
  const heard = (result) => (when === 'after' ? die() : learn(given[0], result));
  const callback = given.findIndex((each) => typeof each === 'function');
  if (callback < 0) return query.apply(this, given).then((result) => (heard(result), result));
  const tell = given[callback];
  given[callback] = (error, result) => (heard(result), tell(error, result));
  return query.apply(this, given);
};

const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (data, ...rest) {
  const current = ordered();
  const frame = /"command":"(smart_fridge_[a-z_]+)"/.exec(String(data));
  const step = current && frame && isNamed(String(data)) && `send ${frame[1]}`;
  const when = step && STEPS[current.of].test(step) && reached(current, step);
  if (when === 'before') die();
  if (when !== 'after') return send.call(this, data, ...rest);
  return send.call(this, data, die);
};

/** Stripe's client asks over plain HTTP here: a fake stands in for it. */
const request = http.request;
http.request = function (...given) {
  const [{ host, port, method, path, headers } = {}] = given;
  const current = STRIPE && host === STRIPE.hostname && String(port) === STRIPE.port ? ordered() : undefined;
  const isOurs = current && isNamed(`${path} ${JSON.stringify(headers)}`);
  const step = isOurs && `${method} ${path.replace(/\?.*/, '').replace(/(pi|pm|cus)_\w+/, ':id')}`;
  const when = step && STEPS[current.of].test(step) && reached(current, step);
  if (when === 'before') die();
  const asked = request.apply(this, given);
  if (when === 'after') asked.prependListener('response', die);
  return asked;
};
