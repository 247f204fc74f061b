import { newRef } from '../../../../../shared/ids';
import { readDoorToken, signDoorToken } from './door-token';

const SECRET = 'a secret of this Larder';
const id = newRef();
const token = signDoorToken(id, SECRET);

it('says whose it is to whoever knows the secret', () => {
  expect(readDoorToken(token, SECRET)).toBe(id);
});

it.each([
  ['of another Larder', signDoorToken(id, 'another secret')],
  ['with another id', token.replace(id, newRef())],
  ['with a changed signature', token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
  ['cut short', token.slice(0, -1)],
  ['with something after it', `${token}x`],
  ['empty', ''],
])('refuses one %s', (_, given) => {
  expect(readDoorToken(given, SECRET)).toBeNull();
});
