import type { StrapiApp } from '@strapi/strapi/admin';

/**
 * Strapi's widgets about editorial content. To fill them, the server counts every entry there is and sorts every type by
 * its last change, for which the tables that grow without end have no index; and nobody edits purchases.
 */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  'content-manager': ['last-edited-entries', 'last-published-entries', 'chart-entries'],
  admin: ['key-statistics'],
};

/** Takes them off the home page. To be called once all of Strapi's are there. */
export function leaveOutWidgets(app: Pick<StrapiApp, 'widgets'>): void {
  app.widgets.register((widgets) => widgets.filter(({ pluginId, id }) => !LEFT_OUT[pluginId ?? '']?.includes(id)));
}
