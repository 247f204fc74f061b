import type { View } from './view';

export const meal: View = {
  uid: 'api::meal.meal',
  mainField: 'barcode',
  sort: ['createdAt', 'DESC'],
  sortable: ['createdAt', 'barcode', 'expiresAt'],
  searchedBy: { barcode: 'beginning' },
  columns: ['barcode', 'product', 'state', 'machine', 'expiresAt', 'area', 'reservedFor'],
  rows: [
    { barcode: 4, product: 4, sku: 4 },
    { state: 4, machine: 4, area: 4 },
    { expiresAt: 4, lot: 4, exposedAt: 4 },
    { reservedFor: 6, labelName: 6 },
    { stockedAt: 4, leftAt: 4, transaction: 4 },
  ],
  isHistory: true,
  fields: {
    barcode: { label: 'Barcode' },
    sku: { label: 'SKU' },
    product: { label: 'Product', by: 'name' },
    lot: { label: 'Lot', by: 'code' },
    expiresAt: { label: 'Expires at' },
    machine: { label: 'Machine', by: 'label', description: 'Where it stands now.' },
    area: { label: 'Area' },
    reservedFor: { label: 'Reserved for', by: 'email' },
    labelName: { label: 'Name on the label' },
    state: { label: 'State' },
    stockedAt: { label: 'Stocked at' },
    leftAt: { label: 'Left at' },
    exposedAt: { label: 'Exposed to warmth at', description: 'From then on it is not sold any more.' },
    transaction: { label: 'Transaction', by: 'ref' },
  },
};
