/**
 * One live purchase, looked after by the instance that owns it: signals, deadlines and answers are taken one at a time, in
 * the order they come; each is stored, with the change it causes, before anything is done about it.
 */
import { untilAvailable } from '../../../../../shared/sql';
import { decideOverdue, newDeadline, deadlineAfter, expire } from '../core/deadlines';
import { decide } from '../core/decide';
import type { Purchase } from '../core/purchase';
import { isBeforeOpen, isOver } from '../core/states';
import { afterChange, type Step } from '../core/step';
import type { FramedSignal, FridgeSignal } from '../ports';
import { pricesAtOpening } from '../store/catalogue';
import { changeEntry, eventEntry, ownerOf } from '../store/journal-entry';
import { findPurchase } from '../store/purchases';
import { jobsOf } from './jobs';
import { createLineHolder } from './line-holder';
import type { Parts } from './parts';
import { secureMoney } from './secure-money';

export interface Watch {
  /** The purchase as far as this instance knows. */
  readonly purchase: Purchase;
  /** Resolves when the front end can be told about the door: it is open, or it will not be. */
  readonly answered: Promise<void>;
  /**
   * Takes a new purchase to the door.
   * @param since when its making was sent to the database, by `performance.now()`.
   */
  begin(since: number): void;
  /** Looks after a purchase that another instance, or this one before a restart, had begun. */
  resume(): void;
  /** A signal that came on a connection which is not this purchase's own. False: it is not taken for this purchase's. */
  offer(signal: FramedSignal): boolean;
  /** Somebody changed the row to this revision. */
  noticed(revision: number): void;
  /** Gives up the line and acts by the clock no more; what comes until the line is closed is still stored. */
  letGo(): void;
  /** Resolves when everything that came so far is dealt with. */
  idle(): Promise<void>;
  /** Lets go without another word: the purchase is somebody else's now, or the process ends. */
  drop(): void;
}

export interface WatchHooks {
  /** A frame on this purchase's connection that names something else. True when it was dealt with as another's. */
  redirect(signal: FramedSignal, own: Purchase): Promise<boolean>;
  /** A frame that came when the purchase was no longer ours. */
  leftOver(signal: FramedSignal): void;
  onOver(purchase: Purchase): void;
}

/** Beyond the timer, so that the database's clock is past the deadline too. */
const TIMER_SLACK_MS = 100;
/** Signals of one purchase that may wait for the database. Any more are lost, and its deadline brings it to a person. */
const MOST_WAITING = 1000;

export function createWatch(initial: Purchase, parts: Parts, hooks: WatchHooks): Watch {
  const { policy, log } = parts;
  let purchase = initial;
  let isDropped = false;
  let isFinished = false;
  let timer: NodeJS.Timeout | undefined;
  let isLettingGo = false;
  let waiting = 0;
  let chain: Promise<unknown> = Promise.resolve();
  let answer: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => (answer = resolve));

  const turn = (work: () => Promise<unknown>, ifDropped: () => void = () => undefined) => {
    chain = chain
      .then(() => (isDropped ? ifDropped() : work()))
      .catch((error: Error) => log.error(`Purchase ${purchase.documentId}: ${error.stack ?? error.message}`));
  };

  const takeSignal = (signal: FridgeSignal, work: () => Promise<unknown>) => {
    if (waiting >= MOST_WAITING)
      return log.error(`Purchase ${purchase.documentId}: too many signals wait, one is lost.`);
    waiting += 1;
    turn(
      () => work().finally(() => (waiting -= 1)),
      // What waited in our sockets while another instance took the purchase is evidence, and stored all the same.
      () => signal.kind !== 'lost' && hooks.leftOver(signal),
    );
  };

  /** A frame must not be lost because the database is away: its turn lasts until the database is back. */
  const patiently = <Answer>(read: () => Promise<Answer>) => untilAvailable(read, () => !isDropped);

  const record = (step: Step) => {
    const jobs = jobsOf(purchase, step, parts);
    parts.journal
      .append({ ...eventEntry(ownerOf(purchase), step.record, jobs), isUnhurried: jobs.length === 0 })
      .catch((error: Error) => log.error(`Event ${step.record.name} of ${purchase.documentId}: ${error.message}`));
  };

  /** Stores a step. False when the row had moved on without us; then we know it as it is now. */
  const apply = async (step: Step): Promise<boolean> => {
    if (!step.change) {
      record(step);
      return true;
    }
    const { change } = step;
    const deadline = newDeadline(purchase, change, policy);
    const isApplied = await parts.journal.append(
      changeEntry(purchase, step.record, change, jobsOf(purchase, step, parts), policy),
    );
    if (!isApplied) {
      await reload();
      return false;
    }
    become(afterChange(purchase, change), deadline);
    return true;
  };

  const become = (next: Purchase, deadlineSeconds: number | null) => {
    purchase = next;
    if (!isBeforeOpen(purchase.state)) answer();
    if (isOver(purchase.state)) finish();
    else if (deadlineSeconds !== null) armTimer(deadlineSeconds);
  };

  const reload = async () => {
    const current = await patiently(() => findPurchase(parts.database, purchase.id));
    if (!current) return drop();
    const isLost = current.fence !== purchase.fence;
    become(current, deadlineAfter(current, policy));
    if (isLost) {
      log.warn(`Purchase ${purchase.documentId} is another instance's now.`);
      holder.abandon();
      drop();
    }
  };

  const armTimer = (seconds: number) => {
    clearTimeout(timer);
    if (isLettingGo) return;
    timer = setTimeout(() => turn(onTimer), seconds * 1000 + TIMER_SLACK_MS);
  };

  const onTimer = async () => {
    const step = decideOverdue(purchase);
    // Where the database's clock says otherwise nothing applies, and the row as it is sets the next timer.
    if (step?.change) await apply({ ...step, change: { ...step.change, onlyIfOverdue: true } });
  };

  const finish = () => {
    if (isFinished) return;
    isFinished = true;
    clearTimeout(timer);
    holder.release();
    hooks.onOver(purchase);
  };

  const drop = () => {
    isDropped = true;
    answer();
    finish();
  };

  const onSignal = async (signal: FridgeSignal): Promise<unknown> => {
    if (signal.kind === 'lost') return isLettingGo || isOver(purchase.state) ? undefined : holder.onLost(signal.reason);
    if (mayBeAnothers(signal) && (await patiently(() => hooks.redirect(signal, purchase)))) return;
    return onFrame(signal);
  };

  const mayBeAnothers = ({ session, ref }: FramedSignal): boolean => {
    if (session !== null && purchase.vendorSession !== null) return session !== purchase.vendorSession;
    // On a line that was taken to look for the machine, the cloud also brings what it still has for earlier customers.
    return holder.isBlind() && ref !== null && ref !== purchase.ref;
  };

  const onFrame = async (signal: FramedSignal): Promise<unknown> => {
    const needsPrices = signal.kind === 'completed' && purchase.doorRequested && !isOver(purchase.state);
    const skus = needsPrices ? signal.items.map((item) => item.sku) : [];
    const prices = await patiently(() => pricesAtOpening(parts.database, purchase.id, skus));
    const step = decide(purchase, signal, prices);
    if (step.change?.doorRequested) return holder.askForDoor(step);
    const isApplied = await apply(step);
    if (isApplied && signal.kind === 'machine') await holder.onMachineState(signal.state);
  };

  const holder = createLineHolder({
    parts,
    purchase: () => purchase,
    isDone: () => isDropped || isLettingGo || isOver(purchase.state),
    apply,
    record: (event) => record({ record: event, change: null, alerts: [] }),
    turn,
    onSignal: (signal) => takeSignal(signal, () => onSignal(signal)),
  });

  return {
    get purchase() {
      return purchase;
    },
    answered,
    begin: (since) =>
      turn(async () => {
        armTimer(deadlineAfter(purchase, policy) ?? 0);
        if (purchase.state === 'requested') await apply(await secureMoney(purchase, parts));
        if (purchase.state === 'authorized' || purchase.state === 'opening') await holder.askForSession(since);
      }),
    resume: () =>
      turn(async () => {
        armTimer(deadlineAfter(purchase, policy) ?? 0);
        if (!isBeforeOpen(purchase.state)) answer();
        if (purchase.doorRequested) return holder.watchMachine();
        await apply(expire('Larder was restarted before the door was asked for.'));
      }),
    offer(signal) {
      if (isDropped || !holder.isBlind() || mayBeAnothers(signal)) return false;
      takeSignal(signal, () => onFrame(signal));
      return true;
    },
    noticed(revision) {
      if (revision > purchase.revision) turn(async () => (revision > purchase.revision ? reload() : undefined));
    },
    letGo() {
      isLettingGo = true;
      clearTimeout(timer);
      holder.release();
    },
    async idle() {
      for (let last; last !== chain;) {
        last = chain;
        await last;
      }
    },
    drop,
  };
}
