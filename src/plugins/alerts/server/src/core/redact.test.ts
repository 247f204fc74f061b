import { redact } from './redact';

it.each([
  ['write to ann.lee+x@mail.example.com now', 'write to [e-mail] now'],
  ['Authorization: Bearer abcdef123456', 'Authorization: [removed] [removed]'],
  ['token=abc123, machine=7', 'token=[removed], machine=7'],
  ['"api_key": "abc123"', '"api_key": "[removed]"'],
  ['used sk_live_4eC39HqLyjWDarjt and xoxb-12345678-abc', 'used [removed] and [removed]'],
  ['jwt eyJhbGciOi.eyJzdWIi.c2ln', 'jwt [removed]'],
  ['card 4242 4242 4242 4242!', 'card [number]!'],
  [`long ${'aZ9_'.repeat(12)}`, 'long [removed]'],
])('redacts %s', (text, expected) => expect(redact(text)).toBe(expected));

it('keeps what an operator needs: references, machine ids, amounts, codes', () => {
  const text = 'code -5 for 8e7b0b34-8a52-4f0a-9d6e-1f2a3b4c5d6e, ref dGhpcyBpcyBhIHJlZiE4Mg, total 12.50 EUR';
  expect(redact(text)).toBe(text);
});

it('cuts long texts, after redacting them', () => {
  expect(redact('x '.repeat(5000))).toHaveLength(1000);
  expect(redact(`${'. '.repeat(495)}sk_live_4eC39HqLyjWDarjtT1zdp7dc`)).not.toContain('4eC3');
});

it('drops NUL bytes, which PostgreSQL cannot store', () => expect(redact('a\0b')).toBe('ab'));
