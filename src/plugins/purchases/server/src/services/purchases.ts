/** The room as the rest of Larder sees it: what can be asked of purchases, and what they need of other rooms. */
import type { Core } from '@strapi/strapi';
import { runtime } from '../../../../../shared/runtime';
import { checkMachine, type CheckedFor, type CheckOutcome } from '../conduct/check';
import { createKeeper, type Keeper } from '../conduct/keeper';
import { openDoor, type OpenOutcome, type OpenRequest } from '../conduct/open';
import type { Parts } from '../conduct/parts';
import { settleReview, type ReviewDecision, type ReviewOutcome } from '../conduct/settle-review';
import { makeDoorToken, type DoorToken } from '../credentials/make-token';
import type { FramedSignal } from '../ports';
import { createPurchaseFeed, type PurchaseFeed } from '../read/feed';
import { findHistory } from '../read/history';
import { searchViews, type PurchaseSearch } from '../read/search';
import { findView, findViewAt, type PurchaseView } from '../read/view';
import { findOrMakeCustomer, type CustomerOutcome } from '../store/customers';
import { createForgetEvents } from '../store/forget-events';
import { createJournal } from '../store/journal';
import { PURCHASE_CHANNEL } from '../store/journal-statement';
import { HANDOVER_CHANNEL } from '../store/ownership';
import { ensurePurchaseSchema } from '../store/schema';
import { readSettings } from './settings';

const FORGET_EVERY_S = 60;

/** What other rooms give to this one. */
export type Ports = Pick<Parts, 'driver' | 'payments' | 'notifier' | 'finished'>;

export interface Purchases {
  /** Must be called once, before the server listens. */
  provide(ports: Ports): void;
  /** Makes the constraints and tables that Strapi does not. */
  prepare(): Promise<void>;
  start(): Promise<void>;
  /** Gives up every line to a fridge; what they still bring is stored. Before the gateway stops. */
  letGo(): void;
  /** Hands the purchases over. After the gateway has stopped; waits at most `graceMs` milliseconds for the database. */
  stop(graceMs: number): Promise<void>;
  openDoor(request: OpenRequest): Promise<OpenOutcome>;
  checkMachine(machineKey: string, who: CheckedFor): Promise<CheckOutcome>;
  /** @param userId where given, only a purchase of this user is found. */
  findView(key: string, userId: number | null): Promise<PurchaseView | undefined>;
  /** Only a purchase at this machine (a row id) is found. */
  findViewAt(key: string, machineId: number): Promise<PurchaseView | undefined>;
  findHistory(key: string, userId: number | null): Promise<string | undefined>;
  search(search: PurchaseSearch): Promise<string>;
  settleReview(decision: ReviewDecision): Promise<ReviewOutcome>;
  /** The customer whom a front end names by its own id; made on first sight. */
  findOrMakeCustomer(customerId: string, email: string): Promise<CustomerOutcome>;
  /** A token that opens one door for this customer (a row id), and when it expires. */
  makeDoorToken(userId: number): Promise<DoorToken>;
  onStray(signal: FramedSignal): void;
  readonly feed: PurchaseFeed;
  driverHealth(): ReturnType<Parts['driver']['health']>;
  /** Purchases that this instance looks after, and entries that wait for the database. */
  gauges(): { readonly live: number; readonly journalBacklog: number };
}

export function createPurchases(strapi: Core.Strapi): Purchases {
  const { database, instance, notifications, queue, schedule } = runtime(strapi);
  const settings = readSettings(strapi.config.get('plugin::purchases'));
  const journal = createJournal({ database, queue, error: (message) => strapi.log.error(message) });
  const feed = createPurchaseFeed(notifications);
  let parts: Parts | undefined;
  let keeper: Keeper | undefined;
  let subscriptions: (() => void)[] = [];

  const ready = () => {
    if (!parts || !keeper) throw new Error('The purchases were not given their ports.');
    return { parts, keeper };
  };

  return {
    provide(ports) {
      parts = {
        ...ports,
        instance,
        database,
        journal,
        tokenSecret: settings.tokenSecret,
        policy: { ...settings, watchIntervalMs: settings.sweepSeconds * 1000 },
        log: strapi.log,
      };
      const made = createKeeper(parts);
      keeper = made;
      schedule.every(settings.sweepSeconds, 'purchases', () => made.sweep());
      schedule.every(FORGET_EVERY_S, 'purchases.forget', createForgetEvents(database, settings.eventsKeepDays));
    },
    prepare: () => ensurePurchaseSchema(database),
    async start() {
      const { keeper } = ready();
      subscriptions = [
        notifications.subscribe(PURCHASE_CHANNEL, keeper.onNotify),
        notifications.subscribe(HANDOVER_CHANNEL, keeper.onHandover),
      ];
      await keeper.start();
      await keeper.sweep();
    },
    letGo() {
      for (const unsubscribe of subscriptions) unsubscribe();
      feed.stop();
      keeper?.letGo();
    },
    async stop(graceMs) {
      await keeper?.stop(graceMs);
    },
    openDoor: (request) => openDoor(request, ready().parts, ready().keeper),
    checkMachine: (machineKey, who) => checkMachine(machineKey, who, ready().parts),
    findView: (key, userId) => findView(database, key, userId),
    findViewAt: (key, machineId) => findViewAt(database, key, machineId),
    findHistory: (key, userId) => findHistory(database, key, userId),
    search: (search) => searchViews(database, search),
    settleReview: (decision) => settleReview(decision, ready().parts),
    findOrMakeCustomer: (customerId, email) => findOrMakeCustomer(database, customerId, email),
    makeDoorToken: (userId) => makeDoorToken(userId, database, settings.tokenSecret),
    onStray: (signal) => ready().keeper.onStray(signal),
    feed,
    driverHealth: () => ready().parts.driver.health(),
    gauges: () => ({ live: keeper?.count() ?? 0, journalBacklog: journal.backlog() }),
  };
}
