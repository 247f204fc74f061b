/**
 * P1 around the meals: `kill -9` around each write of the transaction that takes them out of stock. `npm test` has one of those
 * writes, and the commit, in p1-crash.test.ts.
 */
import { meals, tellsOf } from '../support/money-crashes/stories';

jest.setTimeout(900_000);

tellsOf([[meals]]);
