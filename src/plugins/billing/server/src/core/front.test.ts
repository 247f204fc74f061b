import { frontOf, mayReturnTo } from './front';

const front = frontOf({
  publishableKey: 'pk_test_1',
  scriptUrl: 'https://js.stripe.com/x.js',
  publicUrl: 'https://larder.example/',
  pageSecret: 'a-secret-for-pages',
  corsOrigins: ['https://shop.example', 'http://localhost:3000', '*', 'nonsense'],
});

test('the public address has no slash at its end', () => expect(front.publicUrl).toBe('https://larder.example'));

test.each([
  ['https://shop.example/done?order=7#x', true],
  ['https://larder.example/billing/return', true],
  ['http://localhost:3000/', true],
  ['http://localhost:3001/', false],
  ['http://shop.example/', false],
  ['https://shop.example.evil.example/', false],
  ['https://shop.example@evil.example/', false],
  ['https://user:word@shop.example/', false],
  ['https://shop.example:444/', false],
  ['javascript://shop.example/%0Aalert(1)', false],
  ['data:text/html,x', false],
  ['//shop.example/', false],
  ['/done', false],
  ['*', false],
  ['null', false],
])('%s: %p', (url, may) => expect(mayReturnTo(url, front)).toBe(may));
