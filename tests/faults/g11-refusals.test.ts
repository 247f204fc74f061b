/** G11: every code with which Vendron says no, as a number and as a text, wherever it may say it. */
import { alertsTold, buy, causesTold, doorCommands } from '../support/evidence';
import { breaches } from '../support/invariants';
import { startWorld, type World } from '../support/world';

/** Vendron's code, our word, the alert's cause and severity; what a state check makes of it. */
const CODES = [
  [-1, 'invalid_parameters', 'request_error', 'warning', 'unknown'],
  [-2, 'invalid_token', 'invalid_token', 'urgent', 'unknown'],
  [-3, 'unknown_machine', 'unknown_machine', 'warning', 'unknown'],
  [-4, 'machine_offline', 'request_error', 'warning', 'offline'],
  [-5, 'machine_busy', 'request_error', 'notice', 'busy'],
  [-10, 'cancelled', 'request_error', 'warning', 'unknown'],
  [-11, 'subscription_expired', 'subscription_expired', 'urgent', 'expired'],
  [-99, 'unknown_refusal', 'request_error', 'warning', 'unknown'],
  [-99_999_999_999, 'unknown_refusal', 'request_error', 'warning', 'unknown'],
] as const;
const CASES = CODES.flatMap(([code, word, cause, severity, state]) =>
  (['number', 'string'] as const).map((as) => ({ code, as, word, cause, severity, state })),
);

let world: World;
beforeAll(async () => {
  world = await startWorld({ machines: 3 * CASES.length + 8 });
});
afterAll(() => world.stop());
afterEach(() => world.simulator.clearFaults());

const numbered = (offset: number) => CASES.map((each, n) => ({ ...each, machine: `M${offset + n + 1}` }));
/** A code that no column holds is not shown as one. */
const shown = (code: number) => (Math.abs(code) > 2 ** 31 ? null : code);

describe.each(['request', 'door'] as const)('the %s is refused', (command) => {
  it.each(numbered(command === 'request' ? 0 : CASES.length))(
    'with $code as a $as: $word, told as $cause ($severity)',
    async ({ machine, code, as, word, cause, severity }) => {
      world.simulator.setFaults([{ name: 'refuse', command, code, as, message: `No, says ${machine}`, machine }]);
      const response = await world.open(machine);
      expect(response.status).toBe(502);
      const { details, message } = response.body.error;
      expect(details).toMatchObject({
        code: 'machine_refused',
        refusalCode: word,
        vendorCode: shown(code),
        tryAgain: code === -5,
      });
      expect(message).toBe(`No, says ${machine}`);
      expect(await world.purchase(details.id)).toMatchObject({
        state: 'refused',
        door: 'locked',
        refusalCode: word,
        totalAmount: null,
        capturedAmount: null,
      });
      expect(doorCommands(world, machine)).toBe(command === 'door' ? 1 : 0);
      expect(await alertsTold(world, details.id)).toMatchObject([
        { cause, severity, vendorMessage: `No, says ${machine}` },
      ]);
      const refusal = (await world.history(details.id)).find(
        ({ outcome }) => outcome === 'refused' || outcome === 'cancelled',
      );
      expect(refusal?.message).toBe(`No, says ${machine}`);
    },
  );
});

describe('a check is refused', () => {
  it.each(numbered(2 * CASES.length))(
    'with $code as a $as: $state',
    async ({ machine, code, as, state, cause, severity }) => {
      world.simulator.setFaults([{ name: 'refuse', command: 'check', code, as, message: 'Not now', machine }]);
      const response = await world.larder.get(`/api/machines/${machine}/status`);
      expect(response.status).toBe(200);
      expect(response.body).toMatchObject({ available: false, state, message: 'Not now' });
      const [row] = await world.database.sql.rows<{ document_id: string }>(
        `select document_id from machines where vendor_id = $1`,
        [machine],
      );
      const told = (await alertsTold(world)).filter(
        ({ machineId, transactionId }) => machineId === row?.document_id && !transactionId,
      );
      // A machine that is busy or offline is no failure of a check: that is what was asked.
      expect(told).toMatchObject(cause === 'request_error' ? [] : [{ cause, severity }]);
    },
  );
});

describe('the completion says no', () => {
  const machine = (n: number) => `M${3 * CASES.length + n}`;

  it.each(['number', 'string'] as const)('-10 as a %s, and nothing was in the basket: empty', async (as) => {
    const fridge = machine(as === 'number' ? 1 : 2);
    world.simulator.setFaults([{ name: 'refuse', command: 'complete', code: -10, as, machine: fridge }]);
    const id = await world.opened(fridge);
    world.simulator.customer(fridge).close();
    expect(await world.until(id, 'empty')).toMatchObject({ products: [], totalAmount: 0, door: 'locked' });
    expect(await causesTold(world, id)).toEqual([]);
  });

  it('-10 over a basket with something in it: empty, nothing charged, and somebody told', async () => {
    world.simulator.setFaults([{ name: 'refuse', command: 'complete', code: -10, machine: machine(3) }]);
    const id = await world.opened(machine(3));
    buy(world, machine(3), '1001');
    expect(await world.until(id, 'empty')).toMatchObject({ products: [], totalAmount: 0 });
    expect(await causesTold(world, id)).toEqual(['basket_mismatch']);
  });

  it.each([
    [4, -4],
    [5, -99],
    [6, -99_999_999_999],
  ])('anything else (M+%i: %i): a person decides', async (n, code) => {
    world.simulator.setFaults([{ name: 'refuse', command: 'complete', code, machine: machine(n) }]);
    const id = await world.opened(machine(n));
    buy(world, machine(n), '1002');
    const purchase = await world.until(id, 'review');
    expect(purchase).toMatchObject({ totalAmount: null, door: 'unknown', products: [{ sku: '1002', amount: 790 }] });
    expect(await causesTold(world, id)).toEqual(['purchase_review', 'request_error']);
  });
});

it('every number as a text, in every frame of a purchase that goes well', async () => {
  const fridge = `M${3 * CASES.length + 7}`;
  world.simulator.setFaults([{ name: 'numbers-as-strings', machine: fridge }]);
  expect((await world.larder.get(`/api/machines/${fridge}/status`)).body).toMatchObject({ available: true });
  const id = await world.opened(fridge);
  buy(world, fridge, '1001', '1007');
  expect(await world.until(id, 'completed')).toMatchObject({ totalAmount: 810 });
  expect(await causesTold(world, id)).toEqual([]);
});

it('a door that was refused leaves the machine to the next customer', async () => {
  world.simulator.setMachine('M1', { state: 'free' });
  const id = await world.opened('M1', 'the-next');
  buy(world, 'M1', '1001');
  await world.until(id, 'completed');
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
});
