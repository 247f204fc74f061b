import type { View } from './view';

export const lot: View = {
  uid: 'api::lot.lot',
  mainField: 'code',
  sort: ['createdAt', 'DESC'],
  sortable: ['createdAt', 'code', 'expiresAt'],
  searchedBy: { code: 'beginning' },
  columns: ['code', 'product', 'expiresAt', 'state'],
  rows: [{ code: 4, product: 4, sku: 4 }, { expiresAt: 6, state: 6 }, { reason: 12 }],
  isHistory: true,
  fields: {
    code: { label: 'Lot' },
    sku: { label: 'SKU' },
    product: { label: 'Product', by: 'name' },
    expiresAt: { label: 'Expires at' },
    state: { label: 'State', description: 'Meals of a lot that is stopped or recalled are not sold.' },
    reason: { label: 'Reason' },
  },
};
