/**
 * P1 around the money: `kill -9` between any two steps of it, all of them in turn: around each call to Stripe and each commit.
 * The other stories take minutes more: p1-crash-money.long.test.ts.
 */
import { back, card, tellsOf } from '../support/money-crashes/stories';

// It took three minutes on a machine with much other work.
jest.setTimeout(900_000);

tellsOf([[card], [back]]);
