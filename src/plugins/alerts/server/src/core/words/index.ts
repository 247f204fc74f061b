import type { AlertCause } from '../../../../../purchases/server/src/ports/notifier';
import { english } from './english';
import { french } from './french';

/** All that the room says, in one language. */
export interface Words {
  readonly causes: Readonly<Record<AlertCause, CauseWords>>;
  readonly machine: string;
  readonly noMachine: string;
  readonly customer: string;
  readonly cause: string;
  readonly count: string;
  readonly transaction: string;
  readonly incident: string;
  /** Introduces what the vendor or another service answered. */
  readonly otherSide: string;
  /** How often in all, and, in a message that follows an earlier one, how often since. */
  readonly times: (all: number, since: number, isFollowUp: boolean) => string;
  readonly resolved: (title: string) => string;
}

export interface CauseWords {
  readonly title: string;
  /** One plain, kind sentence: what it means and what to do. */
  readonly meaning: string;
  /** The same for its end. */
  readonly over: string;
}

const languages = { en: english, fr: french };

export type Language = keyof typeof languages;

export function wordsFor(language: Language): Words {
  return languages[language];
}
