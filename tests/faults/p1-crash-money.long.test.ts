/** P1 around the money, the rest of its stories: a hold that is given back, a debt, and what was sold on trust. */
import { debt, intent, tellsOf, trust } from '../support/money-crashes/stories';

jest.setTimeout(900_000);

tellsOf([[intent], [trust, debt]]);
