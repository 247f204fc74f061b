/** Events as somebody might send them who is not Stripe, or who is not Stripe now. */
import { madeUpEvent, nowSeconds, signed } from './stripe-events';
import type { StripeWorld } from './stripe-world';

export interface SentEvent {
  readonly id: string;
  readonly body: string;
  /** Null: the header is left out. */
  readonly signature: string | null;
}

/** What these events are about: a payment that no purchase has. */
export const NOBODY = { id: 'pi_nobody', object: 'payment_intent' };

/** An event that would be taken if it were signed. */
export const wellFormed = () => madeUpEvent('payment_intent.succeeded', NOBODY);

/** What is wrong with it, and such an event. */
export const FORGED: readonly [string, (world: StripeWorld) => SentEvent][] = [
  ['without a signature', () => ({ ...wellFormed(), signature: null })],
  ['with an empty one', () => ({ ...wellFormed(), signature: '' })],
  ['with one that cannot be read', () => ({ ...wellFormed(), signature: 'v1=zz;t=now' })],
  ['with a time and no signature', () => ({ ...wellFormed(), signature: `t=${nowSeconds()}` })],
  ['forged', (world) => sign(world, wellFormed(), 0, 'whsec_another')],
  [
    'tampered with',
    (world) => {
      const event = wellFormed();
      return { ...event, signature: signed(world, event.body), body: event.body.replace('pi_nobody', 'pi_mine') };
    },
  ],
  ['stale', (world) => sign(world, wellFormed(), 310)],
  ['from the future', (world) => sign(world, wellFormed(), -310)],
  [
    'with its own time changed',
    (world) => {
      const event = wellFormed();
      return { ...event, signature: signed(world, event.body, 310).replace(/^t=\d+/, `t=${nowSeconds()}`) };
    },
  ],
  ['signed, and no JSON', (world) => sign(world, { id: 'none', body: '{"id":' })],
  ['signed, and no event', (world) => sign(world, { id: 'none', body: '[]' })],
  ['signed, and empty', (world) => sign(world, { id: 'none', body: '' })],
  ['signed, without a type', (world) => sign(world, madeUpEvent('', NOBODY))],
];

function sign(world: StripeWorld, event: { id: string; body: string }, ago = 0, secret?: string): SentEvent {
  return { ...event, signature: signed(world, event.body, ago, secret) };
}
