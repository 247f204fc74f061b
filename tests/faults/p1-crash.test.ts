/**
 * P1: `kill -9` after each step of a purchase, all of them in turn; and with twenty doors open. Before a step all is as it was
 * after the last one: p1-crash-before.long.test.ts sees to that.
 */
import { eventually } from '../support/eventually';
import { breaches } from '../support/invariants';
import { settlesAllCut } from '../support/purchase-crashes';
import { purchasesAt, storedUntil } from '../support/purchases';
import { doorsOpen } from '../support/visitor';
import { startWorld } from '../support/world';

// A minute and a half alone; a machine with other work may take several times that.
jest.setTimeout(900_000);

describe('kill -9 between any two steps', () => {
  settlesAllCut('after');
});

describe('kill -9 with twenty doors open', () => {
  it('loses no purchase, opens no door twice, and settles each', async () => {
    const world = await startWorld({ machines: 20, env: { LEASE_S: '2' } });
    const { simulator, database } = world;
    try {
      const machines = Array.from({ length: 20 }, (_, n) => `M${n + 1}`);
      await Promise.all(machines.map((machine) => world.opened(machine)));
      await doorsOpen(simulator, machines);
      // Half of the baskets are known before the crash, half of the doors are closed before the restart.
      for (const machine of machines.slice(0, 10)) simulator.customer(machine).take('1001');
      world.larder.signal('SIGKILL');
      await world.larder.ended;
      // Until the cloud knows, it sends what it has to the dead: such frames are lost for everybody.
      await eventually(() => expect(simulator.connections()).toBe(0));
      for (const machine of machines.slice(5, 15)) {
        simulator.customer(machine).take('1007');
        simulator.customer(machine).close();
      }
      world.larder = await world.startAnother();
      for (const machine of [...machines.slice(0, 5), ...machines.slice(15)]) {
        simulator.customer(machine).take('1002');
        simulator.customer(machine).close();
      }

      for (const [n, machine] of machines.entries()) {
        const purchase = await storedUntil(database.sql, machine, ['completed'], 20_000);
        const skus = [...(n < 10 ? ['1001'] : []), n >= 5 && n < 15 ? '1007' : '1002'];
        expect(purchase.lines.map(({ sku }) => sku)).toEqual(skus);
        expect(simulator.machine(machine).doorCommands).toBe(1);
        expect(await purchasesAt(database.sql, machine)).toHaveLength(1);
      }
      expect(await breaches(database.sql, simulator)).toEqual([]);
    } finally {
      await world.stop();
    }
  });
});
