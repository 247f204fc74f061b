/** One purchase, as a front end makes it: plain REST calls, while somebody takes meals at the simulated fridge. */
import type { Customer, ProductSpec } from '../../simulator';
import type { DemoCustomer } from './panel';
import { call, type Answer } from './rest';
import { bold, faint, green, say } from './say';

export interface Shopping {
  /** Where Larder is, and the token of its front end. */
  readonly url: string;
  readonly token: string;
  readonly machine: string;
  readonly buyer: DemoCustomer;
  /** A card that the buyer saved at Stripe. */
  readonly paymentMethodId: string;
  readonly currency: string;
  /** The hands at the fridge. */
  readonly hands: Customer;
  readonly products: readonly ProductSpec[];
}

/** The parts of Larder's answers that the demo shows. */
interface MachineStatus {
  readonly label: string;
  readonly available: boolean;
  readonly state: string;
}

interface Opened {
  readonly id: string;
  readonly state: string;
  readonly door: string;
}

interface Purchase {
  readonly state: string;
  readonly products: readonly Line[];
  readonly totalAmount: number | null;
  readonly authorizedAmount: number;
  readonly capturedAmount: number | null;
  readonly paymentState: string;
}

interface Line {
  readonly name: string;
  readonly quantity: number;
  readonly amount: number;
}

interface HistoryEvent {
  readonly kind: string;
  readonly name: string;
  readonly outcome: string | null;
  readonly receivedAt: string;
}

/** Longest time for any one thing to be seen in the answers. */
const STEP_WITHIN_MS = 20_000;
const POLL_MS = 200;
/** So that a person can read along. */
const PACE_MS = 400;

/** Plays it from the status to the history. @throws where it does not end as it should. */
export async function shop(shopping: Shopping): Promise<void> {
  const { url, token, machine, buyer, paymentMethodId, currency, hands, products } = shopping;
  const [salad, curry, , , , mousse] = products;
  if (!salad || !curry || !mousse) throw new Error('The simulator has too few products for the demo.');
  const money = new Intl.NumberFormat('en-GB', { style: 'currency', currency });
  const price = (amount: number) => money.format(amount / 100);
  const basket = ({ products }: Purchase) =>
    products.map((line) => `${line.quantity} × ${line.name} ${price(line.amount)}`).join(', ');

  say(bold('1. Is the fridge free?'));
  const status = await told<MachineStatus>('GET', `/api/machines/${machine}/status?customerId=${buyer.id}`);
  expect(status, status.body.available, 'the fridge is not free');
  shows(status, `${status.body.label}: ${status.body.state}`);

  say(bold(`\n2. Open its door. First ${price(2500)} are held on a saved card.`));
  const opened = await told<Opened>('POST', `/api/machines/${machine}/open`, {
    user: buyer,
    payment: { paymentMethodId, amount: 2500, currency },
  });
  expect(opened, opened.status === 200 || opened.status === 202, 'the door was refused');
  shows(opened, `purchase ${opened.body.id}: ${opened.body.state}, the door is ${opened.body.door}`);
  const purchase = `/api/transactions/${opened.body.id}`;

  say(bold('\n3. The customer takes and puts back; the front end polls.'));
  say(faint(`   GET ${purchase}`));
  if (opened.status === 202) await until('the door is open', ({ body }) => body.state === 'open');
  await act(`takes ${salad.name}`, () => hands.take(salad.vpn), 1);
  await act(`takes ${curry.name}`, () => hands.take(curry.vpn), 2);
  await act(`puts back ${curry.name}`, () => hands.putBack(curry.vpn), 1);
  await act(`takes ${mousse.name}`, () => hands.take(mousse.vpn), 2);

  say(bold('\n4. The door is closed, and the purchase ends.'));
  hands.close();
  say(faint(`   GET ${purchase}`));
  const done = await until('the purchase is over', ({ body }) => !['open', 'closed'].includes(body.state));
  expect(done, done.body.state === 'completed', 'it did not complete');
  shows(done, green(done.body.state));
  for (const line of done.body.products)
    say(`        ${line.quantity} × ${line.name.padEnd(28)}${price(line.amount).padStart(8)}`);
  say(`        ${'total'.padEnd(32)}${price(done.body.totalAmount ?? 0).padStart(8)}`);
  const wanted = Math.round((Number(salad.unitPrice) + Number(mousse.unitPrice)) * 100);
  expect(done, done.body.totalAmount === wanted, `the total is not ${price(wanted)}`);

  say(bold('\n5. Exactly that is charged, and the rest of the hold is given back.'));
  say(faint(`   GET ${purchase}`));
  const paid = await until('the money is captured', ({ body }) => body.paymentState === 'captured');
  shows(
    paid,
    `${green(paid.body.paymentState)}: ${price(paid.body.capturedAmount ?? 0)} of ${price(paid.body.authorizedAmount)} held`,
  );
  expect(paid, paid.body.capturedAmount === wanted, `the charge is not ${price(wanted)}`);

  say(bold('\n6. Its history: every frame, and what Larder did itself.'));
  const history = await told<{ data: HistoryEvent[] }>('GET', `${purchase}/events`);
  expect(history, history.body.data.length > 0, 'there is no history');
  tellHistory(history.body.data);

  async function told<Body>(method: 'GET' | 'POST', route: string, body?: object): Promise<Answer<Body>> {
    say(faint(`   ${method} ${route}${body ? ` ${JSON.stringify(body)}` : ''}`));
    return call<Body>(url + route, { method, token, ...(body && { body }) });
  }

  async function act(what: string, doIt: () => void, productsThen: number): Promise<void> {
    await pause(PACE_MS);
    doIt();
    const seen = await until(`the customer ${what}`, ({ body }) => {
      return body.products.reduce((sum, line) => sum + line.quantity, 0) === productsThen;
    });
    shows(seen, `${seen.body.state.padEnd(10)}${what.padEnd(34)}${faint(basket(seen.body))}`);
  }

  /** Polls until the answer is as wanted. */
  async function until(what: string, isSo: (answer: Answer<Purchase>) => boolean): Promise<Answer<Purchase>> {
    for (const giveUpAt = performance.now() + STEP_WITHIN_MS; ; await pause(POLL_MS)) {
      const answer = await call<Purchase>(url + purchase, { token });
      if (answer.status === 200 && isSo(answer)) return answer;
      expect(answer, performance.now() < giveUpAt, `waited in vain until ${what}`);
    }
  }
}

function shows({ status }: Answer<unknown>, what: string): void {
  say(`   ${green(String(status))}  ${what}`);
}

function expect(answer: Answer<unknown>, isSo: boolean, otherwise: string): void {
  if (!isSo)
    throw new Error(
      `The purchase went wrong: ${otherwise}. Larder said ${answer.status} ${JSON.stringify(answer.body)}`,
    );
}

const DIRECTIONS: Readonly<Record<string, string>> = { command: '→', acknowledgement: '←', result: '←', push: '←' };

function tellHistory(events: readonly HistoryEvent[]): void {
  const startedAt = Date.parse(events[0]?.receivedAt ?? '');
  for (const { kind, name, outcome, receivedAt } of events) {
    const after = `+${((Date.parse(receivedAt) - startedAt) / 1000).toFixed(3)} s`;
    say(
      `   ${faint(after.padStart(10))}  ${DIRECTIONS[kind] ?? '·'} ${name.padEnd(34)}${kind.padEnd(17)}${outcome ?? ''}`,
    );
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
