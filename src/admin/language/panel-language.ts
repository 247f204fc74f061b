/** The language the person at the panel has chosen in their profile: Strapi keeps it on the page. */
export function panelLanguage(): string {
  return document.documentElement.lang || 'en';
}
