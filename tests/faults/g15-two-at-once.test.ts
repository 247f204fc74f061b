/** G15: customers who come at once, click twice, or ask again much later. One winner, one purchase, one command. */
import { buy, commandsAt, doorCommands } from '../support/evidence';
import { breaches } from '../support/invariants';
import { orderOf, startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ machines: 10 });
});
afterAll(() => world.stop());
afterEach(() => world.simulator.clearFaults());

const requests = (machine: string) => commandsAt(world, machine, 'smart_fridge_request');
const withKey = (machine: string, key: string, body: object) =>
  world.larder.post(`/api/machines/${machine}/open`, body).set('Idempotency-Key', key);

it('twenty customers open one machine: one door, nineteen 409', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => world.open('M1', `customer-${n}`)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
  for (const { status, body } of answers) {
    if (status === 409) expect(body.error.details).toMatchObject({ code: 'machine_busy' });
  }
  expect([requests('M1'), doorCommands(world, 'M1')]).toEqual([1, 1]);
  const winner = answers.find(({ status }) => status === 200)?.body.id;
  buy(world, 'M1', '1001');
  await world.until(winner, 'completed');
  const rows = await world.database.sql.rows(
    `select t.document_id from transactions t join transactions_machine_lnk l on l.transaction_id = t.id
     join machines m on m.id = l.machine_id where m.vendor_id = 'M1'`,
  );
  expect(rows).toEqual([{ document_id: winner }]);
});

it('a customer clicks ten times, at once and later: one purchase, one command', async () => {
  const clicks = await Promise.all(Array.from({ length: 10 }, () => world.open('M2', 'eager')));
  clicks.push(await world.open('M2', 'eager'));
  expect(clicks.map(({ status }) => status)).toEqual(clicks.map(() => 200));
  expect(new Set(clicks.map(({ body }) => body.id)).size).toBe(1);
  expect([requests('M2'), doorCommands(world, 'M2')]).toEqual([1, 1]);
});

it('a second click while Vendron is slow hears of the same door', async () => {
  world.simulator.setFaults([{ name: 'delay', frames: 'door-result', ms: 500, machine: 'M3' }]);
  const [first, second] = await Promise.all([world.open('M3', 'slow'), world.open('M3', 'slow')]);
  expect(first.body).toEqual(second.body);
  expect(first.body).toMatchObject({ state: 'open', door: 'unlocked' });
  expect(doorCommands(world, 'M3')).toBe(1);
});

it('the same key, at once: one purchase, also where two customers seem to ask', async () => {
  const body = orderOf('keyed');
  const answers = await Promise.all(Array.from({ length: 8 }, () => withKey('M4', 'key-1', body)));
  expect(new Set(answers.map((answer) => `${answer.status} ${answer.body.id}`)).size).toBe(1);
  expect(answers[0]?.status).toBe(200);
  expect(doorCommands(world, 'M4')).toBe(1);
});

it('the same key 150 seconds later, when the purchase is over: the same purchase, no second door', async () => {
  const body = orderOf('patient');
  const first = await withKey('M5', 'key-2', body);
  expect(first.status).toBe(200);
  buy(world, 'M5', '1001');
  await world.until(first.body.id, 'completed');
  await world.database.sql.rows(
    `update transactions set requested_at = requested_at - interval '150 s', created_at = created_at - interval '150 s',
       completed_at = completed_at - interval '150 s' where document_id = $1`,
    [first.body.id],
  );
  const again = await withKey('M5', 'key-2', body);
  expect(again.status).toBe(200);
  expect(again.body).toMatchObject({ id: first.body.id, ref: first.body.ref, state: 'completed' });
  expect([requests('M5'), doorCommands(world, 'M5')]).toEqual([1, 1]);
});

it('the same key answers with the same refusal, and asks nobody again', async () => {
  world.simulator.setFaults([{ name: 'refuse', command: 'request', code: -4, machine: 'M6', times: 1 }]);
  const body = orderOf('refused');
  const first = await withKey('M6', 'key-3', body);
  const again = await withKey('M6', 'key-3', body);
  expect([first.status, again.status]).toEqual([502, 502]);
  expect(again.body).toEqual(first.body);
  expect(requests('M6')).toBe(1);
});

it('the same key with another body: 409, before and after the end, and for another machine', async () => {
  const body = orderOf('conflicting', 2500);
  const { status, body: first } = await withKey('M7', 'key-4', body);
  expect(status).toBe(200);
  const others = [
    ['M7', { ...body, payment: { ...body.payment, amount: 9900 } }],
    ['M7', { ...body, user: orderOf('somebody-else').user }],
    ['M8', body],
  ] as const;
  const expectConflicts = async () => {
    for (const [machine, other] of others) {
      const response = await withKey(machine, 'key-4', other);
      expect([response.status, response.body.error.details.code]).toEqual([409, 'idempotency_conflict']);
    }
  };
  await expectConflicts();
  buy(world, 'M7', '1007');
  await world.until(first.id, 'completed');
  await expectConflicts();
  expect([doorCommands(world, 'M7'), doorCommands(world, 'M8')]).toEqual([1, 0]);
});

it('the same words in another order are the same body', async () => {
  const { user, payment } = orderOf('orderly');
  const first = await withKey('M9', 'key-5', { user, payment: { ...payment, note: 'a', tag: 'b' } });
  const again = await withKey('M9', 'key-5', { payment: { tag: 'b', note: 'a', ...payment }, user });
  expect([first.status, again.status]).toEqual([200, 200]);
  expect(again.body.id).toBe(first.body.id);
});

it('another key for a machine that is taken by the same customer hears of the purchase that stands', async () => {
  const first = await withKey('M10', 'key-6', orderOf('returning'));
  const again = await withKey('M10', 'key-7', orderOf('returning'));
  expect(again.body.id).toBe(first.body.id);
  expect((await world.open('M10', 'a-stranger')).status).toBe(409);
  buy(world, 'M10', '1001');
  await world.until(first.body.id, 'completed');
  expect((await world.open('M10', 'a-stranger')).status).toBe(200);
  expect(doorCommands(world, 'M10')).toBe(2);
});

it('broke no promise', async () => {
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
});
