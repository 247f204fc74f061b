import type { Page } from 'playwright-core';
import type { Larder } from './larder';
import { logIn, type Operator } from './operator';

/**
 * Opens a page of the panel, e.g. `api::lot.lot/abc`, for somebody who is logged in, in their language: their browser holds what
 * Strapi's login page would have left there. That page itself is used by smoke/panel.test.
 */
export async function enterPanel(
  page: Page,
  larder: Larder,
  { person, language, at }: { readonly person: Operator; readonly language: 'en' | 'fr'; readonly at: string },
): Promise<void> {
  const stored = {
    jwtToken: JSON.stringify(await logIn(larder, person)),
    isLoggedIn: 'true',
    'strapi-admin-language': language,
  };
  await page.addInitScript(`Object.assign(localStorage, ${JSON.stringify(stored)})`);
  await openEntry(page, larder, at);
}

/** For somebody who is in the panel already. */
export async function openEntry(page: Page, larder: Larder, at: string): Promise<void> {
  await page.goto(`${larder.url}/admin/content-manager/collection-types/${at}`);
}
