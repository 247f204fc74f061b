import type { View } from './view';

export const thresholdProfile: View = {
  uid: 'api::threshold-profile.threshold-profile',
  mainField: 'name',
  sort: ['name', 'ASC'],
  columns: ['name', 'country', 'productClass', 'temperatureMax', 'minutesOutside', 'silenceMinutes'],
  rows: [
    { name: 12 },
    { country: 6, productClass: 6 },
    { temperatureMin: 4, temperatureMax: 4, humidityMax: 4 },
    { minutesOutside: 6, silenceMinutes: 6 },
    { machines: 12 },
  ],
  fields: {
    name: { label: 'Name' },
    country: { label: 'Country' },
    productClass: { label: 'Class of products' },
    temperatureMin: { label: 'Lowest temperature', description: '°C' },
    temperatureMax: { label: 'Highest temperature', description: '°C' },
    humidityMax: { label: 'Highest humidity', description: '%' },
    minutesOutside: {
      label: 'Minutes outside',
      description: 'It may be warmer or colder for so long, also after filling. Longer, and sales stop.',
    },
    silenceMinutes: { label: 'Minutes of silence', description: 'So long without a reading, and sales stop.' },
    machines: { label: 'Machines', by: 'label', isFact: true },
  },
};
