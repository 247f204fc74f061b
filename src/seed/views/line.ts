import type { View } from './view';

export const line: View = {
  uid: 'api::transaction.line',
  mainField: 'name',
  sort: ['createdAt', 'DESC'],
  sortable: ['createdAt'],
  searchedBy: {},
  columns: ['createdAt', 'transaction', 'name', 'sku', 'quantity', 'unitAmount', 'amount'],
  rows: [
    { transaction: 6, product: 6 },
    { name: 6, sku: 6 },
    { quantity: 4, unitAmount: 4, amount: 4 },
    { kind: 4, vendorUnitAmount: 4 },
  ],
  isHistory: true,
  fields: {
    transaction: { label: 'Transaction', by: 'ref' },
    product: { label: 'Product', by: 'name' },
    sku: { label: 'SKU' },
    name: { label: 'Name', description: 'As the catalogue had it when the door opened.' },
    kind: { label: 'Kind' },
    quantity: { label: 'Quantity' },
    unitAmount: { label: 'Unit price' },
    amount: { label: 'Amount' },
    currency: { label: 'Currency' },
    vendorUnitAmount: { label: 'Unit price at Vendron' },
  },
};
