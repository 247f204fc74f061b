import { describeFaults, textOfFault } from './describe';
import { faultFromText } from './from-text';

test.each([
  ['never-close', { name: 'never-close' }],
  ['cut:at=taken,when=before,probability=0.1', { name: 'cut', at: 'taken', when: 'before', probability: 0.1 }],
  ['delay:frames=taken+closed,ms=100-300', { name: 'delay', frames: ['taken', 'closed'], ms: [100, 300] }],
  ['refuse:code=-11,as=string,machine=7', { name: 'refuse', code: -11, as: 'string', machine: '7' }],
  ['handshake:mode=401', { name: 'handshake', mode: '401' }],
  ['garbage:instead=true', { name: 'garbage', instead: true }],
])('%s is read', (text, expected) => expect(faultFromText(text)).toMatchObject(expected));

test.each([
  ['cat', 'There is no fault "cat". There are: wrong-ref, '],
  ['cut:at=nowhere', 'Fault "cut": "at" must be one of check, request, '],
  ['cut:at', 'Fault "cut": write "at" as parameter=value.'],
  ['cut:mood=bad', '"mood" is not known; it takes machine, probability, times, at, '],
  ['cut:probability=2', '"probability" must be at most 1.'],
  ['cut:probability=', '"probability" must be a number.'],
  ['cut:times=0.5', '"times" must be a whole number.'],
  ['delay:ms=300-100', '"ms" must be a range from the least to the most'],
  ['silence:frames=nothing', '"frames" must be one of check-ack, '],
  ['price-unlike:price=free', '"price" must be a price such as "1.60"'],
  ['cut:name=delay', '"name" stands before the colon'],
])('%s is refused with a reason', (text, reason) => expect(() => faultFromText(text)).toThrow(reason));

test('what is shown of a fault can be read back', () => {
  for (const { name } of describeFaults()) {
    const spec = faultFromText(`${name}:times=3`);
    expect(faultFromText(textOfFault(spec))).toEqual(spec);
  }
});

test('every fault is described in both languages and says which case it serves', () => {
  for (const { serves, says } of describeFaults()) {
    expect(serves).toMatch(/^G\d+(, G\d+)*$/);
    expect([says.en, says.fr].every((text) => text.length > 10)).toBe(true);
  }
});
