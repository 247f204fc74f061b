import type { LookupAddress, lookup } from 'node:dns';
import { isPublicAddress, publicLookup } from './address';

it.each([
  '127.0.0.1',
  '127.8.8.8',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  'fe80::1',
  'fc00::1',
  'fd12:3456::1',
  'ff02::1',
  '64:ff9b::a00:1',
  '2002:7f00:1::',
  '2001::1',
  '2001:db8::1',
  'localhost',
  'example.com',
  '',
  '1.2.3',
  '0x7f.0.0.1',
])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));

it.each(['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1'])(
  '%s is public',
  (address) => expect(isPublicAddress(address)).toBe(true),
);

/** A name server that answers each question with the next of its answers. */
function naming(...answers: string[][]): typeof lookup {
  let at = 0;
  const resolve = (_name: string, _options: object, callback: (error: null, addresses: LookupAddress[]) => void) => {
    const answer = answers[Math.min(at++, answers.length - 1)] ?? [];
    callback(
      null,
      answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return resolve as unknown as typeof lookup;
}

function ask(resolve: typeof lookup, all: boolean): Promise<unknown> {
  return new Promise((done, fail) => {
    publicLookup(resolve)('target.example', { all }, (error, address) => (error ? fail(error) : done(address)));
  });
}

describe('a look-up', () => {
  it('answers with what it has checked, one or all', async () => {
    expect(await ask(naming(['8.8.8.8', '1.1.1.1']), false)).toBe('8.8.8.8');
    expect(await ask(naming(['8.8.8.8']), true)).toEqual([{ address: '8.8.8.8', family: 4 }]);
  });

  it.each([[['10.0.0.1']], [['8.8.8.8', '127.0.0.1']], [['::1']], [[]]])('fails for %j', async (addresses) => {
    await expect(ask(naming(addresses), true)).rejects.toThrow('target.example is not on the public internet');
  });

  it('asks once, so a name that changes its answer is of no use', async () => {
    const resolve = naming(['8.8.8.8'], ['127.0.0.1']);
    expect(await ask(resolve, true)).toEqual([{ address: '8.8.8.8', family: 4 }]);
    await expect(ask(resolve, true)).rejects.toThrow('not on the public internet');
  });
});
