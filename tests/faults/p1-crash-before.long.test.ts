/** P1: `kill -9` before each step of a purchase, which must be as good as after the last one: p1-crash.test.ts. */
import { settlesAllCut } from '../support/purchase-crashes';

jest.setTimeout(900_000);

settlesAllCut('before');
