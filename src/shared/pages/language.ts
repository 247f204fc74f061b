export type Language = 'en' | 'fr';

/**
 * The language of a page: the one that its address asks for, else the first of ours that the browser prefers, else English.
 * @param acceptLanguage e.g. `fr-CH, en;q=0.8` (RFC 9110, 12.5.4).
 */
export function languageOf(asked: unknown, acceptLanguage: string): Language {
  if (asked === 'en' || asked === 'fr') return asked;
  const preferred = acceptLanguage
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith('q='));
      return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { language } of preferred) if (language === 'en' || language === 'fr') return language;
  return 'en';
}
