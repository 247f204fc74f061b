import type { Core } from '@strapi/strapi';
import { memory } from './memory';

/** Where these facts come from stands in docs/telemetry.md. Minutes of silence are ours: two missed calls of a slow device. */
const PROFILES = [
  {
    name: 'FDA, 5 °C',
    country: 'United States',
    productClass: 'Time/temperature control for safety food',
    temperatureMax: 5,
    minutesOutside: 30,
    silenceMinutes: 30,
  },
  {
    name: 'EN, 4 °C',
    country: 'European Union',
    productClass: 'Very perishable food, ready meals',
    temperatureMax: 4,
    minutesOutside: 30,
    silenceMinutes: 30,
  },
  {
    name: 'EN, 8 °C',
    country: 'European Union',
    productClass: 'Perishable food',
    temperatureMax: 8,
    minutesOutside: 30,
    silenceMinutes: 30,
  },
] as const;

const UID = 'api::threshold-profile.threshold-profile';

/** Makes the first threshold profiles, each once: changed or deleted by hand, it stays so. */
export async function seedThresholdProfiles(strapi: Core.Strapi): Promise<void> {
  const memories = memory<boolean>(strapi, 'threshold-profile');
  for (const profile of PROFILES) {
    if (await memories.recall(profile.name)) continue;
    const known = (await strapi.db.query(UID).findOne({ where: { name: profile.name } })) as object | null;
    if (!known) await strapi.documents(UID).create({ data: { ...profile } });
    await memories.remember(profile.name, true);
  }
}
