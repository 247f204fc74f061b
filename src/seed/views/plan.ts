import type { View } from './view';

export const plan: View = {
  uid: 'api::plan.plan',
  mainField: 'name',
  sort: ['name', 'ASC'],
  columns: ['name', 'mealsPerPeriod', 'period', 'unitAmount', 'active'],
  rows: [
    { name: 8, active: 4 },
    { mealsPerPeriod: 4, period: 4, coversFreeForAll: 4 },
    { unitAmount: 4, currency: 4, isCharged: 4 },
    { products: 12 },
    { categories: 12 },
  ],
  fields: {
    name: { label: 'Name' },
    mealsPerPeriod: { label: 'Meals a period' },
    period: { label: 'Period' },
    unitAmount: { label: 'Price a period' },
    currency: { label: 'Currency' },
    isCharged: {
      label: 'Larder charges it',
      description:
        'Each new period, to the saved card. Otherwise whoever hears of the new period does. The first is never charged here.',
    },
    products: {
      label: 'Products',
      by: 'name',
      description: 'With the categories: what it may be used for. Empty, both: anything.',
    },
    categories: { label: 'Categories', description: 'A list of words, e.g. ["salad"].' },
    coversFreeForAll: {
      label: 'Covers free-for-all meals',
      description: 'Otherwise only meals with the customer’s name on them.',
    },
    active: { label: 'Active' },
  },
};
