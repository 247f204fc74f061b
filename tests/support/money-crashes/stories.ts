/** How money moves at a fridge, each a story that is cut at every step: see tests/faults/p1-crash-money. */
import { makeApiToken } from '../operator';
import { buy } from './buy';
import {
  each,
  eachLeftover,
  from,
  periodsThrough,
  refundThrough,
  shopThrough,
  stealThrough,
  takeMealsThrough,
  trustThrough,
  within,
  type Run,
} from './kills';
import { makePlan } from './meals';
import { beginPeriod, makeChargedPlan } from './period';
import { playAll, type Story } from './play';

/** More than any story has kills. */
const machines = 30;

export const card: Story = {
  name: 'a basket on a saved card',
  machines,
  play: (stage) => shopThrough(stage, { by: 'card', skus: ['1001'] }, eachLeftover),
};
export const intent: Story = {
  name: 'nothing, on an intent',
  machines,
  play: (stage) => shopThrough(stage, { by: 'intent', skus: [] }, eachLeftover),
};
export const debt: Story = {
  name: 'a basket above its hold',
  machines,
  // Until the door is closed all is as with the others.
  play: (stage) => shopThrough(stage, { by: 'intent', skus: ['1004', '1004', '1004'] }, from(/capture$/, eachLeftover)),
};
/** Of all of them the only one that a job asks Stripe for a hold in: a killed one asks again. */
export const trust: Story = {
  name: 'a basket sold on trust',
  machines,
  play: async (stage) => {
    await buy(stage, 'M1', { by: 'card', skus: ['1004'] }, null);
    const customer = 'customer-M1';
    return trustThrough(stage, { customer, paymentMethodId: await stage.world.saveCard(customer) }, eachLeftover);
  },
};
export const back: Story = {
  name: 'a refund',
  machines,
  play: async (stage) => {
    const scopes = ['create', 'find'].map((action) => `plugin::billing.refunds.${action}`);
    const token = await makeApiToken(stage.world.larder, 'Refunds', scopes);
    await buy(stage, 'M1', { by: 'card', skus: ['1004'] }, null);
    return refundThrough(stage, { machine: 'M1', token }, eachLeftover);
  },
};
export const period: Story = {
  name: 'a period of a subscription',
  machines,
  stock: 'nothing', // but what the story puts there itself
  play: async (stage) => {
    await makeChargedPlan(stage);
    return periodsThrough(stage, eachLeftover);
  },
};
export const share: Story = {
  name: "a stolen meal's share of a period",
  machines,
  stock: 'nothing',
  play: async (stage) => {
    await makeChargedPlan(stage);
    const { id } = await beginPeriod(stage, 'M1', null);
    return stealThrough(stage, { customer: 'customer-M1', subscription: id }, eachLeftover);
  },
};
/** Around every write of the transaction that takes the meals of a purchase out of stock, and makes it cost something else. */
export const meals: Story = {
  name: 'meals that are collected, sold and stolen',
  machines,
  stock: 'nothing', // but what the story puts there itself
  play: async (stage) => {
    await makePlan(stage);
    return takeMealsThrough(stage, within('+meals.claim-purchase', each));
  },
};

/** The steps that each must have met, so that the count means what it says. */
const HOLD = ['billing.begin-hold', 'billing.adopt-customer', 'commit', '+jobs'];
const MEETS: readonly (readonly [name: string, steps: readonly string[]])[] = [
  [
    card.name,
    [
      ...HOLD,
      'billing.ticket',
      'POST /v1/payment_intents',
      'POST /v1/payment_intents/:id/capture',
      '+billing.note-fee',
    ],
  ],
  [intent.name, [...HOLD, 'GET /v1/payment_intents/:id', 'POST /v1/payment_intents/:id/cancel']],
  [trust.name, ['billing.ticket', 'POST /v1/payment_intents', '+billing.adopt-intent', '+billing.note-fee', 'commit']],
  [debt.name, [...HOLD, 'POST /v1/payment_intents/:id/capture', '+billing.record-debt']],
  [
    meals.name,
    [
      '+meals.claim-purchase',
      '+meals.collect',
      '+meals.leave',
      '+meals.record-movements',
      '+meals.rebill-remove',
      '+meals.rebill',
      '+meals.keep-result',
      '+meals.record-thefts',
      '+jobs',
      'commit',
    ],
  ],
  [
    period.name,
    [
      '+billing.charge-period',
      '+jobs',
      'billing.ticket',
      'POST /v1/payment_intents',
      '+billing.adopt-intent',
      'POST /v1/payment_intents/:id/capture',
      '+billing.change-payment',
      'commit',
    ],
  ],
  [
    share.name,
    [
      '+meals.claim-theft',
      '+billing.insert-refund',
      '+jobs',
      'billing.ticket',
      'POST /v1/refunds',
      '+billing.add-refunded',
    ],
  ],
  [back.name, ['+billing.insert-refund', 'billing.ticket', 'POST /v1/refunds', '+purchases.note-money', 'commit']],
];

/** Declares a test for each story. @param turns stories that are played one after the other, and beside the other turns. */
export function tellsOf(turns: readonly (readonly Story[])[]): void {
  let runs: Map<string, Promise<Run>>;
  beforeAll(() => {
    runs = playAll(turns);
  });
  // Also where only some of the tests were asked for: nothing may go on when its PostgreSQL is gone.
  afterAll(() => Promise.allSettled(runs.values()));

  const names = new Set(turns.flat().map(({ name }) => name));
  const meets = MEETS.filter(([name]) => names.has(name));
  it.each(meets)('settles the money of %s, wherever it is cut', async (name, steps) => {
    const run = await runs.get(name);
    expect(run?.steps).toEqual(expect.arrayContaining([...steps]));
    process.stdout.write(`P1 of the money: ${name}: ${run?.steps.length} steps, killed ${run?.kills} times\n`);
  });
}
