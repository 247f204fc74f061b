/** A real browser for what people see: Debian's Chromium, without a window. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

export interface Visit {
  readonly page: Page;
  /** What the page threw or logged as an error so far, and what the server failed at (5xx). */
  errors(): readonly string[];
  leave(): Promise<void>;
}

export interface Screen {
  /** In CSS pixels. */
  readonly width: number;
  readonly height?: number;
  /** The language that the browser asks for, e.g. `fr`. */
  readonly language?: string;
}

export interface TestBrowser {
  /** A new visitor: nothing in store, no cookies. */
  visit(screen: Screen): Promise<Visit>;
  stop(): Promise<void>;
}

/** Starts Chromium. Throws, with what to do, where there is none and it cannot be installed. */
export async function startBrowser(): Promise<TestBrowser> {
  haveChromium();
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    // Chromium's sandbox does not work for root; `/dev/shm` of a container is often too small for it.
    args: [...(isRoot() ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'],
  });
  return {
    async visit({ width, height = 900, language = 'en' }) {
      const context = await browser.newContext({ viewport: { width, height }, locale: language, timezoneId: 'UTC' });
      context.setDefaultTimeout(15_000);
      return visitIn(context);
    },
    stop: () => browser.close(),
  };
}

async function visitIn(context: BrowserContext): Promise<Visit> {
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    // Strapi asks for paid features that are not there, and lives with the 404.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load')) errors.push(message.text());
  });
  page.on('response', (response) => {
    if (response.status() >= 500) errors.push(`${response.status()} ${response.url()}`);
  });
  return { page, errors: () => [...errors], leave: () => context.close() };
}

/** Whether the page is wider than its screen, so that a person has to push it about. */
export function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
}

/** Installs Chromium where it is missing and we may. */
function haveChromium(): void {
  if (existsSync(CHROMIUM)) return;
  const missing = `These tests look at pages in Chromium, and ${CHROMIUM} is not there.`;
  if (!isRoot()) throw new Error(`${missing} Please run: sudo apt-get install chromium`);
  const apt = (...args: string[]) =>
    spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt('update');
  const { stderr, error } = apt('install', '-y', '--no-install-recommends', 'chromium');
  if (!existsSync(CHROMIUM)) throw new Error(`${missing} Installing it failed: ${error?.message ?? stderr}`);
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
