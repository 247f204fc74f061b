import french from '../translations/labels.fr.json';
import { panelLanguage } from './panel-language';

const dictionaries: Readonly<Record<string, Readonly<Record<string, string>>>> = { fr: french };

/**
 * A label or description of a view (src/seed/views) in the language of the panel. Views are stored in one language,
 * so the English text is the key; a text that somebody has typed by hand has no translation and stays as it is.
 */
export function translateLabel(english: string): string {
  return dictionaries[panelLanguage()]?.[english] ?? english;
}
