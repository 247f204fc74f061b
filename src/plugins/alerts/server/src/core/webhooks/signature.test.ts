import fc from 'fast-check';
import { sign, verify } from './signature';

const SECRET = 'the-secret-of-the-target';
const now = new Date('2026-05-01T12:00:00Z');
const seconds = now.getTime() / 1000;

it('has the documented form', () => {
  // printf '1777636800.{"id":"x"}' | openssl dgst -sha256 -hmac the-secret-of-the-target
  expect(sign('{"id":"x"}', SECRET, seconds)).toBe(
    't=1777636800,v1=9d5c413a73ce409682a179563c1b57a39979c9db478f7948e52284c8ac592cf8',
  );
});

it('is accepted by its own check for any body', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (body) => {
      expect(verify(body, sign(body, SECRET, seconds), SECRET, { now })).toEqual({ kind: 'valid', sentAt: now });
    }),
  );
});

it.each<[string, string, string, string | undefined, string]>([
  ['another body', 'malice', SECRET, sign('body', SECRET, seconds), 'forged'],
  ['another secret', 'body', 'another-secret-of-sixteen', sign('body', SECRET, seconds), 'forged'],
  ['another time', 'body', SECRET, sign('body', SECRET, seconds).replace(`t=${seconds}`, `t=${seconds - 1}`), 'forged'],
  ['an old one', 'body', SECRET, sign('body', SECRET, seconds - 301), 'stale'],
  ['one from the future', 'body', SECRET, sign('body', SECRET, seconds + 301), 'stale'],
  ['none', 'body', SECRET, undefined, 'malformed'],
  ['half of one', 'body', SECRET, `t=${seconds}`, 'malformed'],
  ['one that is not hex', 'body', SECRET, `t=${seconds},v1=${'z'.repeat(64)}`, 'malformed'],
])('refuses %s', (_name, body, secret, header, reason) => {
  expect(verify(body, header, secret, { now })).toEqual({ kind: 'invalid', reason });
});

it('takes a second signature while the secret is being changed', () => {
  const [, old = ''] = sign('body', 'the-secret-before-this', seconds).split(',');
  const header = `t=${seconds},${old},${sign('body', SECRET, seconds).split(',')[1]}`;
  expect(verify('body', header, SECRET, { now }).kind).toBe('valid');
});
