/** What a purchase hears and says on its own connection, and what comes on none. No network, no real time. */
import type { FridgeLine } from '../../../../purchases/server/src/ports';
import { acknowledgement, listener, success, TOKEN } from './fakes.test.support';
import { setUpStage } from './stage.test.support';

const order = { amount: 2500, currency: 'EUR', detail: 'transaction:1' };
const basket = success('smart_fridge_product_taken', { list: [{ vpn: 'A' }] });

const stage = setUpStage();

describe('a line', () => {
  test('hears what comes on its connection, in order, and nobody else does', async () => {
    stage.make();
    const [one, two] = [listener(), listener()];
    await stage.take('t-1', one.onSignal);
    await stage.settle();
    await stage.take('t-2', two.onSignal);
    stage.sockets.at(0).say(acknowledgement('smart_fridge_request'));
    stage.sockets.at(0).say(success('smart_fridge_request_begun', { data: { session: 's-1' } }, 't-2'));
    stage.sockets.at(0).say(basket);
    stage.sockets.at(1).say('{');
    expect(one.kinds()).toEqual(['acknowledged', 'begun', 'basket']);
    expect(two.kinds()).toEqual(['noise']);
  });

  test('a prepared command is sent once', async () => {
    stage.make();
    const line = await stage.take('t-1');
    const door = line.prepareDoorOpen({ ...order, session: 's-1' });
    expect(stage.sockets.at(0).sent).toHaveLength(0);
    expect([door.send(), door.send()]).toEqual([true, false]);
    expect(stage.sockets.at(0).sent).toHaveLength(1);
    expect(stage.gateway.metrics().framesOut).toEqual({ smart_fridge_door_open: 1 });
  });

  test('the state check of a line carries the purchase, and is answered to it', async () => {
    stage.make();
    const heard = listener();
    const line = await stage.take('t-1', heard.onSignal);
    line.prepareStateCheck().send();
    expect(JSON.parse(stage.sockets.at(0).sent[0] ?? '')).toMatchObject({ command: 'check_machine_state', ref: 't-1' });
    stage.sockets.at(0).say(success('check_machine_state_success', {}, 't-1'));
    expect(heard.kinds()).toEqual(['machine']);
  });

  test('is lost once, last, and sends nothing afterwards', async () => {
    const { orphans } = stage.make();
    const heard = listener();
    const line = await stage.take('t-1', heard.onSignal);
    stage.sockets.at(0).say(basket);
    stage.sockets.at(0).break('ECONNRESET');
    stage.sockets.at(0).say(basket);
    expect(heard.kinds()).toEqual(['basket', 'lost']);
    expect(orphans).toEqual([]);
    expect(heard.signals[1]).toEqual({ kind: 'lost', reason: 'ECONNRESET' });
    expect(line.prepareStateCheck().send()).toBe(false);
    line.release();
    expect(heard.kinds()).toEqual(['basket', 'lost']);
  });

  test('reports late frames for a while after its release, then ends without a loss', async () => {
    stage.make({ lingerMs: 2000 });
    const heard = listener();
    const line = await stage.take('t-1', heard.onSignal);
    line.release();
    line.release();
    expect(line.prepareStateCheck().send()).toBe(false);
    await jest.advanceTimersByTimeAsync(1999);
    stage.sockets.at(0).say(basket);
    expect([heard.kinds(), stage.sockets.at(0).closing]).toEqual([['basket'], false]);
    await jest.advanceTimersByTimeAsync(1);
    expect(stage.sockets.at(0).closing).toBe(true);
    stage.sockets.at(0).say(basket);
    await jest.advanceTimersByTimeAsync(1000);
    expect(stage.sockets.at(0).ended).toBe(true);
    expect(heard.kinds()).toEqual(['basket', 'basket']);
  });

  test('a late completion never meets the next purchase', async () => {
    stage.make();
    const [one, two] = [listener(), listener()];
    (await stage.take('t-1', one.onSignal)).release();
    await stage.take('t-2', two.onSignal);
    stage.sockets.at(0).say(success('smart_fridge_request_completed', { data: { transaction_product: [] } }));
    expect([one.kinds(), two.kinds()]).toEqual([['completed'], []]);
  });

  test('a listener that throws harms nobody', async () => {
    const heard = stage.make();
    await stage.take('t-1', () => {
      throw new Error(`broken ${TOKEN}`);
    });
    expect(() => stage.sockets.at(0).say(basket)).not.toThrow();
    expect(() => stage.sockets.at(0).break()).not.toThrow();
    expect(heard.logs.join()).toContain('broken [token]');
  });

  test('a purchase that lost its line may ask for another from within the signal', async () => {
    stage.make({ connectionsMax: 2 });
    let again: Promise<FridgeLine> | undefined;
    await stage.take('t-1', (signal) => {
      if (signal.kind === 'lost') again = stage.take('t-1');
    });
    (await stage.take('t-0')).release();
    stage.sockets.at(0).break();
    // Not at once, which would go round the back-off; and in the place of the one that broke, not of one still in use.
    expect(stage.sockets.all).toHaveLength(2);
    await jest.advanceTimersByTimeAsync(200);
    expect((await again)?.kind).toBe('line');
    expect(stage.gateway.metrics().connections).toMatchObject({ taken: 1, lingering: 1 });
  });
});

describe('frames that belong to nothing', () => {
  test('are told and counted', async () => {
    const heard = stage.make();
    await stage.settle();
    stage.sockets.at(0).say(basket);
    stage.sockets.at(0).say('{');
    stage.sockets.at(0).say({ command: 'surprise' });
    expect(heard.orphans.map(({ kind, record }) => [kind, record.kind, record.name])).toEqual([
      ['basket', 'orphan', 'smart_fridge_product_taken'],
      ['noise', 'orphan', 'frame.malformed'],
      ['noise', 'orphan', 'surprise'],
    ]);
    expect(stage.gateway.metrics()).toMatchObject({
      orphans: 3,
      malformed: 2,
      oversized: 0,
      framesIn: { smart_fridge_product_taken: 1, 'frame.malformed': 1, unknown_command: 1 },
    });
  });
});
