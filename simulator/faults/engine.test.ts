import { NAMES } from '../testing/client';
import { stage } from '../testing/stage';
import { FaultError } from './registry';

test('a fault strikes its own machine only', async () => {
  const { client } = await stage({ faults: [{ name: 'refuse', machine: 'M2', command: 'check' }] });
  client.send('check', 'M1');
  await client.next('check_machine_state_success');
  client.send('check', 'M2');
  await client.next('check_machine_state_error');
});

test('a fault strikes so many times and no more; other machines do not use them up', async () => {
  const { client } = await stage({ faults: [{ name: 'refuse', machine: 'M2', command: 'check', times: 1 }] });
  for (const uid of ['M1', 'M2', 'M2']) client.send('check', uid);
  await client.until(() => client.names()[2] && true);
  expect(client.names()).toEqual([1, 0, 1].map((yes) => `check_machine_state_${yes ? 'success' : 'error'}`));
});

test('a probability strikes about as often, and the same seed at the same times', async () => {
  const run = async (seed: number) => {
    const { client } = await stage({ seed, faults: [{ name: 'refuse', command: 'check', probability: 0.3 }] });
    for (let i = 0; i < 200; i += 1) client.send('check', 'M1');
    await client.until(() => client.names()[199] && true);
    return client.names().map((name) => name === 'check_machine_state_error');
  };
  const first = await run(5);
  expect(await run(5)).toEqual(first);
  expect(await run(6)).not.toEqual(first);
  expect(Math.abs(first.filter(Boolean).length - 60)).toBeLessThan(25);
});

test('faults add up', async () => {
  const { simulator, client } = await stage({ faults: [{ name: 'duplicate', frames: 'begun' }] });
  simulator.addFault({ name: 'numbers-as-strings', frames: 'begun' });
  client.send('request', 'M1');
  const both = [await client.next(NAMES.begun), await client.next(NAMES.begun)];
  expect(both.map(({ status }) => status)).toEqual(['1', '1']);
  expect(simulator.faults().map(({ name }) => name)).toEqual(['duplicate', 'numbers-as-strings']);
});

test('a wrong fault changes nothing', async () => {
  const { simulator } = await stage({ faults: [{ name: 'never-close' }] });
  expect(() => simulator.setFaults([{ name: 'blank-id' }, { name: 'duplicate', n: 1 }])).toThrow(FaultError);
  expect(simulator.faults().map(({ name }) => name)).toEqual(['never-close']);
  simulator.clearFaults();
  expect(simulator.faults()).toEqual([]);
});
