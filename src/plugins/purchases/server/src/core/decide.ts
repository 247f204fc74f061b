/**
 * What a signal from the fridge means for a purchase. Pure: the same purchase and signal give the same step.
 *
 * Only what fits the state moves it forward; everything else is kept in the history with a word that says why it did
 * nothing (`duplicate`, `late`, `unexpected`). Nothing that a frame says may move a purchase before the door was asked for
 * to any state in which it is charged.
 */
import { MAX_AMOUNT } from '../../../../../shared/money';
import { unreachable } from '../../../../../shared/outcomes';
import type { FramedSignal, Refusal } from '../ports';
import { basketMismatchAlert, lateCompletionAlert, mismatchAlerts, refusalAlert, reviewAlert } from './alert-drafts';
import { priceBasket, type Price } from './pricing';
import type { Purchase } from './purchase';
import { isOver } from './states';
import type { Change, Step } from './step';

/** @param prices the catalogue as it stood when the door opened, for the skus of a `completed` signal. */
export function decide(purchase: Purchase, signal: FramedSignal, prices: ReadonlyMap<string, Price>): Step {
  if (isOver(purchase.state)) return decideLate(purchase, signal);
  const { state, doorRequested } = purchase;
  const isAtDoor = doorRequested && (state === 'opening' || state === 'open' || state === 'closed');

  switch (signal.kind) {
    case 'acknowledged':
    case 'machine':
    case 'noise':
      return only(signal);
    case 'begun':
      if (state !== 'opening' || doorRequested || signal.session === null) {
        return only(signal, isAtDoor ? 'duplicate' : 'unexpected');
      }
      return step(signal, { to: 'opening', vendorSession: signal.session, doorRequested: true, door: 'unknown' });
    case 'refused':
      return decideRefusal(purchase, signal);
    case 'unlocked':
      if (state !== 'opening' || !doorRequested) return only(signal, isAtDoor ? 'duplicate' : 'unexpected');
      return step(signal, { to: 'open', door: 'unlocked' });
    case 'basket':
      if (!isAtDoor) return only(signal, 'unexpected');
      if (state === 'closed') return only(signal, 'late');
      return step(signal, { to: 'open', door: 'unlocked', basket: signal.items });
    case 'locked':
      if (!isAtDoor || state === 'closed') return only(signal, isAtDoor ? 'duplicate' : 'unexpected');
      return step(signal, { to: 'closed', door: 'locked' });
    case 'ended':
      if (!isAtDoor) return only(signal, 'unexpected');
      return decideEnd(purchase, signal);
    case 'completed':
      if (!isAtDoor) return only(signal, 'unexpected');
      return decideCompletion(purchase, signal, prices);
    default:
      return unreachable(signal);
  }
}

function decideLate(purchase: Purchase, signal: FramedSignal): Step {
  const isNews = signal.kind === 'completed' && purchase.state !== 'completed' && signal.items.length > 0;
  return only(signal, 'late', isNews ? [lateCompletionAlert(purchase.state)] : []);
}

function decideRefusal(purchase: Purchase, signal: FramedSignal & { kind: 'refused' }): Step {
  const { state, doorRequested } = purchase;
  const { refusal, stage } = signal;
  const isAnswer = state === 'opening' && (stage === 'door') === doorRequested;
  if (isAnswer) {
    return step(signal, { to: 'refused', door: 'locked', ...refusedBy(refusal) }, [refusalAlert(refusal)]);
  }
  if (!doorRequested) return only(signal, 'unexpected');
  return toReview(signal, refusal, 'the fridge reported an error after the door was asked for.', [
    refusalAlert(refusal),
  ]);
}

/** A completion with status 0: -10 means that nothing was taken; any other code leaves it open what happened. */
function decideEnd(purchase: Purchase, signal: FramedSignal & { kind: 'ended' }): Step {
  const { refusal } = signal;
  if (refusal.code !== 'cancelled') {
    return toReview(signal, refusal, 'the fridge ended the session with an error.', [refusalAlert(refusal)]);
  }
  return step(signal, emptyEnd(refusal.message), contradiction(purchase));
}

/** Nothing was taken, says the end: is that what the last list said? */
function contradiction(purchase: Purchase): Step['alerts'] {
  return (purchase.basket?.length ?? 0) > 0 ? [basketMismatchAlert()] : [];
}

function decideCompletion(
  purchase: Purchase,
  signal: FramedSignal & { kind: 'completed' },
  prices: ReadonlyMap<string, Price>,
): Step {
  const { lines, total, mismatches } = priceBasket(signal.items, prices, purchase.currency, signal.total);
  const alerts = mismatchAlerts(mismatches, purchase.currency);
  const vendorReport = { items: signal.items, total: signal.total };
  if (lines.length === 0) {
    return step(signal, { ...emptyEnd(null), vendorReport }, [...contradiction(purchase), ...alerts]);
  }
  if (total > MAX_AMOUNT) return toReview(signal, null, 'the total is beyond any real basket.', alerts);
  return step(
    signal,
    { to: 'completed', door: 'locked', basket: signal.items, lines, totalAmount: total, vendorReport },
    alerts,
  );
}

function emptyEnd(message: string | null): Change {
  return { to: 'empty', door: 'locked', basket: [], lines: [], totalAmount: 0, message };
}

function refusedBy(refusal: Refusal): Pick<Change, 'refusalCode' | 'vendorCode' | 'message'> {
  return { refusalCode: refusal.code, vendorCode: refusal.vendorCode, message: refusal.message };
}

function toReview(signal: FramedSignal, refusal: Refusal | null, why: string, alerts: Step['alerts']): Step {
  const change: Change = { to: 'review', door: 'unknown', ...(refusal ? refusedBy(refusal) : { message: why }) };
  return step(signal, change, [reviewAlert(why, refusal?.message ?? null), ...alerts]);
}

function step(signal: FramedSignal, change: Change, alerts: Step['alerts'] = []): Step {
  return { record: signal.record, change, alerts };
}

/** Into the history, and nothing else. */
function only(signal: FramedSignal, outcome?: string, alerts: Step['alerts'] = []): Step {
  return { record: outcome ? { ...signal.record, outcome } : signal.record, change: null, alerts };
}
