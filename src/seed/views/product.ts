import type { View } from './view';

export const product: View = {
  uid: 'api::product.product',
  mainField: 'name',
  sort: ['name', 'ASC'],
  columns: ['name', 'image', 'sku', 'category', 'unitAmount', 'active'],
  rows: [
    { name: 8, active: 4 },
    { sku: 6, barcode: 6 },
    { unitAmount: 6, currency: 6 },
    { category: 6, image: 6 },
  ],
  fields: {
    sku: { label: 'SKU', description: "Vendron's vpn. Each product has its own." },
    barcode: { label: 'Barcode' },
    name: { label: 'Name' },
    unitAmount: {
      label: 'Price',
      description: 'What the next customer pays. Open doors keep the price they opened with.',
    },
    currency: { label: 'Currency', description: 'Three letters, for example EUR.' },
    category: { label: 'Category' },
    image: { label: 'Image' },
    active: { label: 'Active' },
  },
};
