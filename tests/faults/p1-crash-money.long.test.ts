/**
 * P1 around the money, the rest of its stories: a hold that is given back, a debt, what was sold on trust, a subscription's period,
 * and its share for a stolen meal.
 */
import { debt, intent, period, share, tellsOf, trust } from '../support/money-crashes/stories';

jest.setTimeout(900_000);

tellsOf([
  [intent, period],
  [trust, debt, share],
]);
