import type { View } from './view';

export const stockMovement: View = {
  uid: 'api::stock-movement.stock-movement',
  mainField: 'key',
  sort: ['movedAt', 'DESC'],
  sortable: ['movedAt'],
  searchedBy: {},
  columns: ['movedAt', 'kind', 'quantity', 'sku', 'machineLabel', 'barcode', 'movedBy'],
  rows: [
    { kind: 4, quantity: 4, movedAt: 4 },
    { sku: 4, barcode: 4, machineLabel: 4 },
    { transactionId: 4, restockId: 4, machineId: 4 },
    { reason: 8, movedBy: 4 },
  ],
  isHistory: true,
  fields: {
    key: { label: 'Key' },
    kind: { label: 'Kind' },
    quantity: { label: 'Quantity', description: 'Into the machine above zero, out of it below.' },
    sku: { label: 'SKU' },
    machineId: { label: 'Machine id' },
    machineLabel: { label: 'Machine' },
    barcode: { label: 'Barcode' },
    transactionId: { label: 'Transaction id' },
    restockId: { label: 'Restock id' },
    reason: { label: 'Reason' },
    movedBy: { label: 'Moved by' },
    movedAt: { label: 'Moved at' },
  },
};
