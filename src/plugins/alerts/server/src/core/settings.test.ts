import { readSettings } from './settings';

const given = {
  slack: { token: 'xoxb-very-secret', channel: 'C1', apiUrl: undefined },
  webhook: { url: 'https://example.com/hook', secret: 'sixteen-characters' },
  production: true,
};

it('fills in the defaults', () => {
  expect(readSettings({ ...given, slack: null })).toMatchObject({ slack: null, language: 'en', windowSeconds: 600 });
  expect(readSettings(given)).toMatchObject({ slack: { timeoutMs: 5000 }, webhook: { timeoutMs: 10_000 } });
});

it('names every fault and repeats no value', () => {
  const wrong = { ...given, slack: { token: '', channel: 'C1' }, webhook: { url: 'ftp://x', secret: 'short-secret' } };
  let message = '';
  try {
    readSettings(wrong);
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).toMatch(/slack\.token.*webhook\.url.*webhook\.secret/);
  expect(message).not.toContain('short-secret');
});
