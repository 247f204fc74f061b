/**
 * All purchases that this instance looks after, its lease on them, and what it does about those that nobody looks after.
 */
import { within } from '../../../../../shared/within';
import { decideOverdue } from '../core/deadlines';
import { decide } from '../core/decide';
import type { Purchase } from '../core/purchase';
import { isOver } from '../core/states';
import type { FramedSignal } from '../ports';
import { changeEntry, eventEntry, NOBODY, ownerOf } from '../store/journal-entry';
import { findOverdue, forgetOldInstances, giveUpLease, renewLease, takeOver } from '../store/ownership';
import { findByWire } from '../store/purchases';
import { jobsOf } from './jobs';
import type { Parts } from './parts';
import { createWatch, type Watch } from './watch';

export interface Keeper {
  /** Takes the first lease; from then on it renews itself. */
  start(): Promise<void>;
  /**
   * Looks after a purchase that was just made, and brings it to the door.
   * @param since when its making was sent to the database, by `performance.now()`.
   */
  begin(purchase: Purchase, since: number): Watch;
  /** The live purchase with this documentId, where this instance looks after it. */
  find(documentId: string): Watch | undefined;
  /** A frame that belongs to no connection's purchase. */
  onStray(signal: FramedSignal): void;
  /** What the database says about a change somewhere, see PURCHASE_CHANNEL. */
  onNotify(payload: string): void;
  /** Another instance ended its lease, see HANDOVER_CHANNEL: its purchases are there to be taken. */
  onHandover(): void;
  /** Takes over what lost its owner, and acts on what is overdue. Safe on several instances at once. */
  sweep(): Promise<void>;
  /** Gives up every line. What arrives until the gateway has closed them is still stored. */
  letGo(): void;
  /**
   * Finishes what has arrived and ends the lease, so that other instances take the purchases over at once.
   * @param graceMs longest wait for the database; after it the lease lapses by itself.
   */
  stop(graceMs: number): Promise<void>;
  count(): number;
}

/** The owner's timer comes first; the sweep acts only on what it left behind. */
const OVERDUE_GRACE_SECONDS = 2;
const SWEEP_LIMIT = 200;

export function createKeeper(parts: Parts): Keeper {
  const { database, instance, journal, log, policy } = parts;
  const watches = new Map<string, Watch>();
  let heartbeat: NodeJS.Timeout | undefined;
  let renewing: Promise<void> = Promise.resolve();
  let isStopping = false;

  const watchOver = (purchase: Purchase): Watch => {
    const watch = createWatch(purchase, parts, {
      redirect,
      leftOver: onStray,
      onOver: ({ documentId }) => {
        if (watches.get(documentId) === watch) watches.delete(documentId);
      },
    });
    watches.set(purchase.documentId, watch);
    return watch;
  };

  const redirect = async (signal: FramedSignal, own: Purchase): Promise<boolean> => {
    const other = await findByWire(database, signal.session, signal.ref);
    if (!other || other.id === own.id) return false;
    // A session is believed; a `ref` lies too often to be, except about the customers of one and the same machine.
    const isNamed = signal.session !== null && other.vendorSession === signal.session;
    if (!isNamed && other.machine.id !== own.machine.id) return false;
    takeStray(signal, other);
    return true;
  };

  /**
   * A frame of a purchase that lost sight of its machine is its own; any other stray is kept as an orphan, because a purchase
   * with a healthy connection hears what it needs there, and `ref` lies.
   */
  const takeStray = (signal: FramedSignal, purchase: Purchase | undefined) => {
    if (purchase && watches.get(purchase.documentId)?.offer(signal)) return;
    const step = purchase && isOver(purchase.state) ? decide(purchase, signal, new Map()) : undefined;
    const record = {
      ...signal.record,
      kind: 'orphan' as const,
      outcome: step?.record.outcome ?? signal.record.outcome,
    };
    const jobs = purchase && step ? jobsOf(purchase, step, parts) : [];
    journal
      .append(eventEntry(purchase ? ownerOf(purchase) : NOBODY, record, jobs))
      .catch((error: Error) => log.error(`An orphan frame was not stored: ${error.message}`));
  };

  const onStray = (signal: FramedSignal) => {
    if (signal.session === null && signal.ref === null) return takeStray(signal, undefined);
    findByWire(database, signal.session, signal.ref)
      .catch(() => undefined) // with the database away nobody can say whose it is; it is kept as nobody's
      .then((purchase) => takeStray(signal, purchase))
      .catch((error: Error) => log.error(`Stray frame: ${error.message}`));
  };

  const renew = async () => {
    const wasHeld = await renewLease(database, instance, policy.leaseSeconds);
    if (wasHeld || watches.size === 0) return;
    log.warn(`The lease of ${instance} had lapsed: ${watches.size} purchases are looked up again.`);
    for (const watch of watches.values()) watch.noticed(Number.POSITIVE_INFINITY);
  };

  const beat = () => {
    renewing = renew().catch((error: Error) => log.warn(`Lease: ${error.message}`));
  };

  const adopt = async () => {
    if (isStopping) return;
    // A lease that lapsed while the database was away is renewed first: nobody takes over from themselves.
    const renewal = renew();
    renewing = renewal.catch(() => undefined);
    await renewal;
    if (isStopping) return;
    const orphaned = await takeOver(database, instance, [...watches.keys()], SWEEP_LIMIT);
    for (const purchase of orphaned) {
      log.info(`Purchase ${purchase.documentId} (${purchase.state}) is taken over.`);
      watchOver(purchase).resume();
    }
  };

  const settleOverdue = async () => {
    for (const purchase of await findOverdue(database, OVERDUE_GRACE_SECONDS, SWEEP_LIMIT)) {
      const step = decideOverdue(purchase);
      if (!step?.change) continue;
      const change = { ...step.change, onlyIfOverdue: true as const };
      await journal.append(changeEntry(purchase, step.record, change, jobsOf(purchase, step, parts), policy));
    }
  };

  return {
    async start() {
      // The database may be away at this moment: the next beat takes the lease then.
      heartbeat = setInterval(beat, (policy.leaseSeconds * 1000) / 3);
      beat();
      await renewing;
    },
    begin(purchase, since) {
      const watch = watchOver(purchase);
      watch.begin(since);
      return watch;
    },
    find: (documentId) => watches.get(documentId),
    onStray,
    onNotify(payload) {
      const [documentId, , , revision] = payload.split(' ');
      if (documentId) watches.get(documentId)?.noticed(Number(revision));
    },
    onHandover() {
      adopt().catch((error: Error) => log.warn(`Handover: ${error.message}`)); // the sweep comes to them anyway
    },
    async sweep() {
      await adopt();
      await settleOverdue();
      await forgetOldInstances(database);
    },
    letGo() {
      isStopping = true;
      for (const watch of watches.values()) watch.letGo();
    },
    async stop(graceMs) {
      isStopping = true;
      clearInterval(heartbeat);
      const idle = Promise.all([...watches.values()].map((watch) => watch.idle())).then(() => journal.drain());
      const ending = await within(graceMs, idle);
      for (const watch of [...watches.values()]) watch.drop();
      watches.clear();
      if (ending === 'late') return log.warn('The database is away: the lease is left to lapse.');
      // A renewal on its way would bring the lease back.
      const given = renewing.then(() => giveUpLease(database, instance));
      await within(graceMs, given).catch((error: Error) => log.warn(`Lease: ${error.message}`));
    },
    count: () => watches.size,
  };
}
