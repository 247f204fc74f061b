import type { Language } from '../../../../../../shared/pages/language';
import { english } from './english';
import { french } from './french';
import type { Words } from './words';

export type { Words } from './words';

export const WORDS: Readonly<Record<Language, Words>> = { en: english, fr: french };
