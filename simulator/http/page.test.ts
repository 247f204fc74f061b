import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stage } from '../testing/stage';

test('the page and each of its files are served under a policy that allows no inline script', async () => {
  const { simulator } = await stage();
  const files = readdirSync(join(__dirname, '..', 'page')).filter((file) => file !== 'index.html');
  for (const path of ['/', ...files.map((file) => `/${file}`)]) {
    const response = await fetch(simulator.httpUrl + path);
    expect([path, response.status]).toEqual([path, 200]);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    await response.text();
  }
});

test('nothing outside the page is served', async () => {
  const { simulator } = await stage();
  for (const path of ['/index.html', '/../main.ts', '/%2e%2e/main.ts', '/constructor']) {
    expect((await fetch(simulator.httpUrl + path)).status).toBe(404);
  }
});

test('both languages have the same words', async () => {
  const { simulator } = await stage();
  const files = await Promise.all(
    ['words.js', 'device-words.js'].map(async (file) => (await fetch(`${simulator.httpUrl}/${file}`)).text()),
  );
  const [en, fr] = ['en', 'fr'].map((language) => {
    return files.flatMap((text) => {
      const block = new RegExp(`  ${language}: \\{([^]*?)\\n  \\}`).exec(text)?.[1] ?? '';
      return [...block.matchAll(/^ {4}(\w+):/gm)].map((match) => match[1]);
    });
  });
  expect(en?.length).toBeGreaterThan(100);
  expect(fr).toEqual(en);
  const page = await (await fetch(simulator.httpUrl)).text();
  for (const [, word] of page.matchAll(/data-word="(\w+)"/g)) expect(en).toContain(word);
});

test('what changes is told at once to whoever looks', async () => {
  const { simulator, client } = await stage();
  const response = await fetch(`${simulator.httpUrl}/events`);
  const reader = response.body?.getReader();
  const heard = (async () => {
    for (let text = ''; ;) {
      if (text.includes('"state":"open"') && text.includes('event: log') && text.includes('event: faults')) return text;
      text += new TextDecoder().decode((await reader?.read())?.value);
    }
  })();
  await client.open('M1');
  await fetch(`${simulator.httpUrl}/faults`, { method: 'PUT', body: '["blank-id"]' });
  expect(await heard).not.toContain('secret-token');
});
