'use strict';
/**
 * Loaded into a Larder by a test (`node --require`): kills the process, as `kill -9` does, at the N-th write of a purchase.
 *
 * LARDER_CRASH_FILE names a file with the order, `{"at": 5, "when": "before"}`. Without the file nothing is counted; a new
 * order begins to count anew. `before`: the write never leaves the process. `after`: the database has acknowledged it, or
 * the frame is on its way, and nobody in the process has heard of it. Each write counted is named in `<file>.seen`.
 */
const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const { Client } = require('pg');
const { WebSocket } = require('ws');

const FILE = process.env.LARDER_CRASH_FILE;
/** What a purchase writes. Leases and sweeps come by the clock, so they cannot be counted. */
const WRITES = /^(purchases\.(create|journal)|customers\.)/;

let order = '';
let seen = 0;

const die = () => process.kill(process.pid, 'SIGKILL');

/** Counts a write; answers where to die at it, if at all. */
function reached(name) {
  const text = FILE && existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
  if (text !== order) {
    order = text;
    seen = 0;
  }
  if (text === '') return undefined;
  seen += 1;
  appendFileSync(`${FILE}.seen`, `${name}\n`);
  const { at, when } = JSON.parse(text);
  return seen === at ? when : undefined;
}

/** The clients in whose open transaction a purchase was written: their job inserts and their commit belong to it too. */
const inPurchase = new WeakSet();

function nameOf(client, query) {
  const text = typeof query === 'string' ? query : (query?.text ?? '');
  const name = typeof query === 'string' ? undefined : query?.name;
  if (name && WRITES.test(name)) {
    inPurchase.add(client);
    return name;
  }
  if (!inPurchase.has(client)) return undefined;
  if (/insert\s+into\s+pgboss/i.test(text)) return 'jobs';
  if (text === 'begin' || text === 'commit' || text === 'rollback') inPurchase.delete(client);
  return text === 'commit' ? 'commit' : undefined;
}

const query = Client.prototype.query;
Client.prototype.query = function (...given) {
  const name = nameOf(this, given[0]);
  const when = name && reached(name);
  if (when === 'before') die();
  if (when !== 'after') return query.apply(this, given);
  const callback = given.findIndex((each) => typeof each === 'function');
  if (callback < 0) return query.apply(this, given).finally(die);
  given[callback] = die;
  return query.apply(this, given);
};

const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (data, ...rest) {
  const frame = /"command":"(smart_fridge_[a-z_]+)"/.exec(String(data));
  const when = frame && reached(`send ${frame[1]}`);
  if (when === 'before') die();
  if (when !== 'after') return send.call(this, data, ...rest);
  return send.call(this, data, die);
};
