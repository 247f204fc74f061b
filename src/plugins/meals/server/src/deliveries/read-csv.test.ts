import { readCsv } from './read-csv';

const rowsOf = (text: string) => {
  const read = readCsv(text);
  if (!read.ok) throw new Error(read.message);
  return read.rows;
};

it('reads headers in any order and case, with what is empty left out', () => {
  expect(rowsOf('SKU,barcode,Expires_At,customer\n1001,a1,2026-12-01,\n1002, b1 ,,ada\n')).toEqual([
    { row: 2, values: { sku: '1001', barcode: 'a1', expiresAt: '2026-12-01' }, isTooLong: false },
    { row: 3, values: { sku: '1002', barcode: 'b1', reservedFor: 'ada' }, isTooLong: false },
  ]);
});

it.each([
  ['a byte order mark', '\ufeffbarcode,sku\na1,1001'],
  ['semicolons', 'barcode;sku\na1;1001'],
  ['tabs', 'barcode\tsku\na1\t1001'],
  ['the line ends of Windows', 'barcode,sku\r\na1,1001\r\n'],
  ['quotes', '"barcode","sku"\n"a1","1001"'],
])('reads a file with %s', (_what, text) => {
  expect(rowsOf(text)).toEqual([{ row: 2, values: { barcode: 'a1', sku: '1001' }, isTooLong: false }]);
});

it('counts rows as a spreadsheet does, past empty lines and over line breaks in a cell', () => {
  const rows = rowsOf('barcode,label_name\na1,"Ada\nLovelace"\n\n,\nb1,"Brown, ""Bob"""\n');
  expect(rows.map(({ row, values }) => [row, values.barcode, values.labelName])).toEqual([
    [2, 'a1', 'Ada\nLovelace'],
    [5, 'b1', 'Brown, "Bob"'],
  ]);
});

it('says which row has more cells than there are headers', () => {
  expect(rowsOf('barcode,sku\na1,1001\na2,1001,surplus')).toMatchObject([{ isTooLong: false }, { isTooLong: true }]);
});

it.each([
  ['', 'barcode'],
  ['sku,lot\n1001,L1', 'barcode'],
  ['barcode,colour\na1,red', 'colour'],
  ['barcode,__proto__\na1,x', '__proto__'],
  ['barcode,,sku\na1,,1001', 'headers'],
  ['barcode,barcode\na1,a2', 'headers'],
  ['barcode,sku\n"a1,1001', 'body'],
])('refuses %j and names %s', (text, field) => {
  expect(readCsv(text)).toMatchObject({ ok: false, field });
});
