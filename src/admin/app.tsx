/** The admin panel as Larder ships it: French beside English, and purchases that can be read. */
import type { StrapiApp } from '@strapi/strapi/admin';
import { registerContentManager } from './content-manager';
import { leaveOutWidgets } from './home/leave-out-widgets';
import en from './translations/en.json';
import fr from './translations/fr.json';

export default {
  config: {
    locales: ['fr'],
    translations: { en, fr },
    // Strapi's tour teaches how to model content; operators come to look after fridges.
    tutorials: false,
    notifications: { releases: false },
  },
  register(app: StrapiApp) {
    registerContentManager(app);
    leaveOutWidgets(app);
  },
  bootstrap() {},
};
