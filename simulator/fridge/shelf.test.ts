import { stage } from '../testing/stage';
import { mealsFor } from './stock';

const MEALS = [
  { barcode: 'S-1', vpn: '1001', expiresAt: '2030-01-02' },
  { barcode: 'S-2', vpn: '1001', expiresAt: '2030-01-01' },
  { barcode: 'S-own', vpn: '1001', expiresAt: '2029-01-01', reservedFor: 'ada' },
];
const places = (view: { fridge?: { meals: readonly { barcode: string; where: string }[] | null } }) =>
  Object.fromEntries((view.fridge?.meals ?? []).map(({ barcode, where }) => [barcode, where]));

test('a machine without stock has bottomless shelves, and its view is what it was', async () => {
  const { simulator, client } = await stage();
  await client.open('M1');
  for (let n = 0; n < 20; n += 1) simulator.customer('M1').take('1001');
  expect(simulator.machine('M1').basket).toHaveLength(20);
  expect(simulator.machine('M1')).not.toHaveProperty('fridge');
  expect(() => simulator.customer('M1').takeMeal('S-1')).toThrow('M1 has no shelves with meals');
});

test('a product is taken as a meal: free ones first, of those the one that expires first', async () => {
  const { simulator, client } = await stage({ stock: MEALS });
  await client.open('M1');
  const customer = simulator.customer('M1');
  customer.take('1001');
  expect(places(simulator.machine('M1'))).toEqual({ 'S-1': 'shelf', 'S-2': 'hands', 'S-own': 'shelf' });
  customer.take('1001');
  customer.take('1001');
  expect(() => customer.take('1001')).toThrow('No meal with the vpn "1001" is left on the shelves.');
  customer.putBack('1001');
  expect(places(simulator.machine('M1'))).toEqual({ 'S-1': 'hands', 'S-2': 'hands', 'S-own': 'shelf' });
  expect(simulator.machine('M1').basket).toEqual(['1001', '1001']);
  customer.close();
  expect(places(simulator.machine('M1'))).toEqual({ 'S-own': 'shelf' });
});

test('a meal is taken and put back by its barcode', async () => {
  const { simulator, client } = await stage({ stock: MEALS });
  const customer = simulator.customer('M1');
  expect(() => customer.takeMeal('S-own')).toThrow('The door of M1 is not open');
  await client.open('M1');
  customer.takeMeal('S-own');
  expect(() => customer.takeMeal('S-own')).toThrow('No meal with the barcode "S-own" is on the shelves.');
  expect(() => customer.putBackMeal('S-1')).toThrow('Nobody holds the meal "S-1".');
  customer.putBackMeal('S-own');
  expect(simulator.machine('M1')).toMatchObject({ basket: [], fridge: { device: null } });
  customer.close();
  expect(Object.keys(places(simulator.machine('M1')))).toHaveLength(3);
});

test('a forced door lets meals out that no basket ever lists', async () => {
  const { simulator } = await stage({ stock: MEALS });
  simulator.fridge('M1').force(true);
  simulator.customer('M1').takeMeal('S-1');
  expect(simulator.machine('M1')).toMatchObject({ basket: [], state: 'free' });
  simulator.fridge('M1').force(false);
  expect(Object.keys(places(simulator.machine('M1')))).toEqual(['S-2', 'S-own']);
  expect(simulator.sent()).toEqual([]);
});

test('autoplay goes on where a product has run out', async () => {
  const { simulator, client } = await stage({
    stock: [{ barcode: 'S-1', vpn: '1001' }],
    autoplay: { take: [4, 4], putBack: 1 },
  });
  await client.open('M1');
  await simulator.until('M1', ({ last }) => last !== undefined);
  expect(simulator.machine('M1').last?.basket.length).toBeLessThan(2);
});

test('so many of each product have barcodes of their own, machine by machine', () => {
  const products = [{ vpn: '1001', name: 'Salad', unitPrice: '6.50' }];
  const at = Date.UTC(2030, 0, 1);
  expect(mealsFor(2, 'A B,1', products, at)).toEqual([
    { barcode: 'A_B_1-1001-1', vpn: '1001', expiresAt: '2030-01-03' },
    { barcode: 'A_B_1-1001-2', vpn: '1001', expiresAt: '2030-01-04' },
  ]);
  expect(mealsFor([{ barcode: 'x', vpn: '1', machine: 'M2' }], 'M1', products)).toEqual([]);
});

test.each([
  [{ stock: 0 }, '"stock" must be at least 1.'],
  [{ stock: [{ barcode: 'a b', vpn: '1001' }] }, '"stock.0.barcode" must be printable ASCII'],
  [
    { larder: { url: 'http://127.0.0.1:1', keys: { M9: 'ldk_aaaaaaaaaaaaaaaaaaaaaaaa' } } },
    'There is no machine "M9".',
  ],
  [{ larder: { url: 'http://127.0.0.1:1', keys: { M1: 'secret' } } }, 'must be a device key such as ldk_…'],
  [{ larder: { url: 'larder', keys: { M1: 'ldk_aaaaaaaaaaaaaaaaaaaaaaaa' } } }, 'must be an address'],
])('a wrong option %j is named', async (options, message) => {
  await expect(stage(options)).rejects.toThrow(message);
});
