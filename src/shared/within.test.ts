import { within } from './within';

const after = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

it('tells work that ends in time from work that is late', async () => {
  expect(await within(1000, Promise.resolve('anything'))).toBe('done');
  expect(await within(5, after(200))).toBe('late');
});

it('passes on a failure that comes in time, and swallows one that comes late', async () => {
  await expect(within(1000, Promise.reject(new Error('early')))).rejects.toThrow('early');
  const unheard = jest.fn();
  process.once('unhandledRejection', unheard);
  expect(
    await within(
      5,
      after(20).then(() => Promise.reject(new Error('late'))),
    ),
  ).toBe('late');
  await after(40);
  process.off('unhandledRejection', unheard);
  expect(unheard).not.toHaveBeenCalled();
});

it('leaves no timer behind', async () => {
  const clear = jest.spyOn(globalThis, 'clearTimeout');
  await within(60_000, Promise.resolve());
  expect(clear).toHaveBeenCalledTimes(1);
  clear.mockRestore();
});
