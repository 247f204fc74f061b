import fc from 'fast-check';
import { code, defuse, escape } from './text';

it('escapes what Slack reads as control characters', () => {
  expect(escape('<!channel> a & b\n> c')).toBe('&lt;!channel&gt; a &amp; b &gt; c');
});

it('leaves nothing in the text of others that mentions, links or formats', () => {
  const text = defuse('<@U1> @channel #general *bold* `code` https://evil.example/x mailto:a@b.example :boom:');
  expect(text).not.toMatch(/[<>*`]|@\w|#\w|:\/\/|\w\.\w|:\w/);
  expect(text.replaceAll('\u200b', '')).toContain('https://evil.example/x');
});

it('is free of control characters and bounded for any text', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2000, unit: 'binary' }), (text) => {
      for (const shown of [defuse(text), code(text)]) {
        expect(shown).not.toMatch(/[<>\n\r]|&(?!amp;|lt;|gt;)/);
        expect(shown.length).toBeLessThanOrEqual(900);
      }
    }),
  );
});

it('shows an identifier as it is', () => expect(code('auth0|a_b*1.2')).toBe('`auth0|a_b*1.2`'));
