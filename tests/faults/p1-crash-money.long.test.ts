/** P1 around the money, the rest of its stories: a hold that is taken over or given back, refunds, a debt, and what was sold on trust. */
import { back, debt, intent, tellsOf, trust } from '../support/money-crashes/stories';

jest.setTimeout(900_000);

tellsOf([
  [intent, back],
  [trust, debt],
]);
