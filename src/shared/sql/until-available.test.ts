import { DatabaseUnavailable } from './errors';
import { untilAvailable } from './until-available';

const away = () => new DatabaseUnavailable(new Error('ECONNREFUSED'));

it('tries again while the database is away, and answers what it answers then', async () => {
  const work = jest
    .fn<Promise<string>, []>()
    .mockRejectedValueOnce(away())
    .mockRejectedValueOnce(away())
    .mockResolvedValue('here');
  expect(await untilAvailable(work)).toBe('here');
  expect(work).toHaveBeenCalledTimes(3);
});

it('does not try again what is wrong', async () => {
  const work = jest.fn<Promise<string>, []>().mockRejectedValue(new Error('syntax'));
  await expect(untilAvailable(work)).rejects.toThrow('syntax');
  expect(work).toHaveBeenCalledTimes(1);
});

it('gives up when the answer is of no use any more', async () => {
  const work = jest.fn<Promise<string>, []>().mockRejectedValue(away());
  await expect(untilAvailable(work, () => work.mock.calls.length < 2)).rejects.toBeInstanceOf(DatabaseUnavailable);
  expect(work).toHaveBeenCalledTimes(2);
});
