/** What a new database is given: views an operator can work with, roles, the first administrator, the front end's token. */
import type { Core } from '@strapi/strapi';
import { keepBubbleToken } from './access/bubble-token';
import { seedCustomerActions } from './access/customer-actions';
import { createFirstAdministrator } from './access/first-administrator';
import { seedOperatorRole } from './access/operator-role';
import { seedThresholdProfiles } from './threshold-profiles';
import { seedViews } from './views';

export { FRONT_END_SCOPES } from './access/front-end-scopes';
export { OPERATOR_CODE } from './access/operator-role';

/**
 * Brings the database to what this version of Larder offers. Runs on every boot, under the boot lock, and leaves alone
 * whatever a person has changed by hand since; only the first administrator and the Bubble token follow the environment.
 */
export async function seed(strapi: Core.Strapi): Promise<void> {
  await seedViews(strapi);
  await seedThresholdProfiles(strapi);
  await seedOperatorRole(strapi);
  await seedCustomerActions(strapi);
  await createFirstAdministrator(strapi);
  await keepBubbleToken(strapi);
}
