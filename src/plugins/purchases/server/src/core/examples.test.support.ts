/** Purchases, signals and prices for the tests of this room. */
import type { EventRecord, FramedSignal, Refusal, RefusalCode, VendorItem } from '../ports';
import type { Price } from './pricing';
import type { Purchase } from './purchase';

export const SESSION = 's-1';

/** A purchase of 100.00 EUR, `opening` with its door not asked for yet, unless told otherwise. */
export function aPurchase(rest: Partial<Purchase> = {}): Purchase {
  return {
    id: 7,
    documentId: 'purchase-7',
    ref: 'ref-7',
    machine: { id: 1, documentId: 'machine-1', vendorId: 'M1' },
    user: { id: 3, customerId: 'customer-3' },
    state: 'opening',
    door: 'locked',
    authorizedAmount: 10_000,
    currency: 'EUR',
    paymentProvider: 'stripe',
    paymentIntentId: 'pi_1',
    vendorSession: null,
    doorRequested: false,
    reminded: false,
    basket: null,
    fence: 1,
    revision: 3,
    refusalCode: null,
    vendorCode: null,
    message: null,
    ...rest,
  };
}

/** The same once its door was asked for. */
export function atDoor(rest: Partial<Purchase> = {}): Purchase {
  return aPurchase({ doorRequested: true, door: 'unknown', vendorSession: SESSION, ...rest });
}

export const PRICES: ReadonlyMap<string, Price> = new Map(
  Object.entries({ A: 650, B: 160, C: 1 }).map(([sku, unitAmount]) => [
    sku,
    { sku, name: `Meal ${sku}`, unitAmount, currency: 'EUR' },
  ]),
);

export function item(sku: string, unitPrice: string | null = null): VendorItem {
  return { sku, name: `theirs: ${sku}`, unitPrice };
}

const CODES: Readonly<Record<RefusalCode, number | null>> = {
  invalid_parameters: -1,
  invalid_token: -2,
  unknown_machine: -3,
  machine_offline: -4,
  machine_busy: -5,
  cancelled: -10,
  subscription_expired: -11,
  unknown_refusal: null,
};

export function refusal(code: RefusalCode): Refusal {
  return { code, vendorCode: CODES[code], message: `Vendron says ${code}` };
}

function framed(name: string, kind: EventRecord['kind'] = 'push', session: string | null = null) {
  return { record: { kind, name, outcome: 'success', message: null, data: { name } }, session, ref: 'ref-7' } as const;
}

/** Every signal a fridge can give. */
export const signals = {
  acknowledged: (): FramedSignal => ({ kind: 'acknowledged', ...framed('request', 'acknowledgement') }),
  begun: (session: string | null = SESSION): FramedSignal => ({ kind: 'begun', ...framed('begun', 'result', session) }),
  refused: (stage: 'request' | 'door', code: RefusalCode = 'machine_offline'): FramedSignal => ({
    kind: 'refused',
    stage,
    refusal: refusal(code),
    ...framed(`${stage}_error`, 'result'),
  }),
  unlocked: (): FramedSignal => ({ kind: 'unlocked', ...framed('unlocked', 'result') }),
  basket: (...skus: string[]): FramedSignal => ({
    kind: 'basket',
    items: skus.map((sku) => item(sku)),
    ...framed('taken'),
  }),
  locked: (): FramedSignal => ({ kind: 'locked', ...framed('locked') }),
  completed: (items: readonly VendorItem[], total: string | null = null): FramedSignal => ({
    kind: 'completed',
    items,
    total,
    ...framed('completed'),
  }),
  ended: (code: RefusalCode = 'cancelled'): FramedSignal => ({
    kind: 'ended',
    refusal: refusal(code),
    ...framed('ended'),
  }),
  machine: (state: 'available' | 'busy' = 'available'): FramedSignal => ({
    kind: 'machine',
    state,
    refusal: null,
    ...framed('check', 'result'),
  }),
  noise: (): FramedSignal => ({ kind: 'noise', ...framed('frame.malformed', 'orphan') }),
};
