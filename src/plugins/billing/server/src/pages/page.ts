import type { Html } from '../../../../../shared/pages/html';
import type { Language } from '../../../../../shared/pages/language';
import { WORDS, type Words } from './words';

/** What every page is written with. */
export interface Writing {
  readonly language: Language;
  readonly words: Words;
  /** Marks the styles and scripts of this answer as ours. */
  readonly nonce: string;
  /** The same page in the other language. */
  readonly otherLanguageHref: string;
}

/** A page before it is sent. */
export interface Page {
  readonly status: number;
  readonly title: string;
  readonly body: Html;
  /** Loads itself again after so many seconds. */
  readonly refreshSeconds?: number;
  /** Stripe's form stands alone: no link to another language, no margin. */
  readonly isForm?: boolean;
}

/** A page, or where the browser finds it. */
export type Shown = Page | { readonly redirectTo: string };

export function writingOf(language: Language, nonce: string, otherLanguageHref: string): Writing {
  return { language, words: WORDS[language], nonce, otherLanguageHref };
}
