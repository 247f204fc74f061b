/**
 * A purchase's line to its fridge: the one request, the one door command, and, once sight of the machine was lost, the
 * watch over it. The door command is never sent twice: the write that precedes it succeeds once, and where it is not
 * certain that nothing was sent, the machine is watched instead.
 */
import { expire, review } from '../core/deadlines';
import type { Purchase } from '../core/purchase';
import type { Step } from '../core/step';
import type { EventRecord, FridgeLine, FridgeSignal, MachineState, RequestOrder } from '../ports';
import { eventEntry, ownerOf } from '../store/journal-entry';
import type { Parts } from './parts';

export interface LineHolder {
  /**
   * Takes a line and asks the machine to begin a session. The request is stored first, where it is not already.
   * @param since when the purchase was last known to be ours, by `performance.now()`.
   */
  askForSession(since: number): Promise<void>;
  /** Stores the step that marks the door as asked for, then asks. */
  askForDoor(step: Step): Promise<void>;
  /** Takes a new line where there is none, and asks the machine again and again until the purchase is over. */
  watchMachine(): Promise<void>;
  onLost(reason: string): Promise<void>;
  onMachineState(state: MachineState): Promise<void>;
  /** Whether sight of the machine was lost at some time: then a frame may come on another connection. */
  isBlind(): boolean;
  release(): void;
  /** Another instance has the purchase: the line ends at once, so that the cloud brings what is to come to that one. */
  abandon(): void;
}

export interface LineHolderContext {
  readonly parts: Parts;
  readonly purchase: () => Purchase;
  readonly isDone: () => boolean;
  readonly apply: (step: Step) => Promise<boolean>;
  readonly record: (event: EventRecord) => void;
  /** Runs something in the purchase's own order of events. */
  readonly turn: (work: () => Promise<unknown>) => void;
  readonly onSignal: (signal: FridgeSignal) => void;
}

/** A machine is believed to be free again when it says so twice, so that a completion on its way can still arrive. */
const FREE_ANSWERS_NEEDED = 2;

/** What the machine is asked for on behalf of a purchase. */
export function orderOf({
  authorizedAmount,
  currency,
  documentId,
}: Pick<Purchase, 'authorizedAmount' | 'currency' | 'documentId'>): RequestOrder {
  return { amount: authorizedAmount, currency, detail: `transaction:${documentId}` };
}

export function createLineHolder(context: LineHolderContext): LineHolder {
  const { parts, purchase, isDone, apply, record, turn, onSignal } = context;
  let line: FridgeLine | undefined;
  let isBlind = false;
  let freeAnswers = 0;
  let timer: NodeJS.Timeout | undefined;

  const order = () => orderOf(purchase());

  const takeLine = async () => {
    const { ref, machine } = purchase();
    const taken = await parts.driver.takeLine({ ref, vendorId: machine.vendorId, onSignal });
    if (taken.kind === 'unavailable') return taken.reason;
    if (isDone()) taken.release();
    else line = taken;
    return undefined;
  };

  /** Whether a process was held up for so long that somebody else may have the machine, or have given up on it. */
  const isStale = (since: number) => performance.now() - since > (parts.policy.leaseSeconds * 1000) / 2;

  const later = (milliseconds: number, work: () => Promise<unknown>) => {
    clearTimeout(timer);
    timer = setTimeout(() => turn(async () => (isDone() ? undefined : work())), milliseconds);
  };

  const watchMachine = async (): Promise<void> => {
    isBlind = true;
    const failure = line ? undefined : await takeLine();
    if (isDone()) return;
    if (failure !== undefined) parts.log.warn(`Purchase ${purchase().documentId} cannot watch its machine: ${failure}`);
    const check = line?.prepareStateCheck();
    if (check) {
      record(check.record);
      check.send();
    }
    later(parts.policy.watchIntervalMs, watchMachine);
  };

  return {
    async askForSession(since) {
      const failure = await takeLine();
      if (isDone()) return;
      const request = line?.prepareRequest(order());
      if (!request) return void (await apply(expire(`there is no connection to Vendron (${failure ?? 'lost'}).`)));
      if (purchase().state !== 'opening') {
        if (await apply({ record: request.record, change: { to: 'opening' }, alerts: [] })) request.send();
      } else if (isStale(since)) await apply(expire('Larder was held up before the machine was asked.'));
      else request.send();
    },

    async askForDoor(step) {
      const session = step.change?.vendorSession;
      const door = session !== undefined ? line?.prepareDoorOpen({ ...order(), session }) : undefined;
      const startedAt = performance.now();
      // Both in one batch. Awaited together: where both fail, neither failure may go unheard.
      const [isApplied] = await Promise.all([
        apply(step),
        door && parts.journal.append(eventEntry(ownerOf(purchase()), door.record)),
      ]);
      if (!isApplied) return;
      // A process that was suspended here must not open a door that somebody else has given up on meanwhile.
      if (!door || isStale(startedAt) || !door.send()) {
        await apply(expire('the connection broke before the door was asked for.'));
        return;
      }
      later(parts.policy.vendorTimeoutMs, async () => (purchase().state === 'opening' ? watchMachine() : undefined));
    },

    watchMachine,

    async onLost(reason) {
      line = undefined;
      record({ kind: 'system', name: 'connection.lost', outcome: 'lost', message: reason, data: null });
      if (purchase().doorRequested) return watchMachine();
      await apply(expire('the connection to Vendron broke before the door was asked for.'));
    },

    async onMachineState(state) {
      freeAnswers = state === 'available' ? freeAnswers + 1 : 0;
      if (isBlind && freeAnswers >= FREE_ANSWERS_NEEDED) {
        await apply(review('the machine is free again and no completion came.'));
      }
    },

    isBlind: () => isBlind || line === undefined,

    release() {
      clearTimeout(timer);
      line?.release();
      line = undefined;
    },

    abandon() {
      line?.abandon();
      line = undefined;
    },
  };
}
