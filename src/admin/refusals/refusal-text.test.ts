import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createIntl } from 'react-intl';
import { REFUSALS } from '../../plugins/purchases/server/src/admin/refusals';
import { GENERAL_CODES } from '../../shared/http/general-codes';
import en from '../translations/en.json';
import fr from '../translations/fr.json';
import { refusalText } from './refusal-text';

const say = (locale: 'en' | 'fr') => {
  const { formatMessage } = createIntl({ locale, messages: { en, fr }[locale], onError: () => undefined });
  return formatMessage;
};

/** Also those of rooms that came later: each writes its panel's routes in `server/src/admin`. */
const written = readdirSync('src/plugins', { recursive: true, encoding: 'utf8' })
  .filter((file) => /^[^/]+\/server\/src\/admin\/.*\.ts$/.test(file))
  .map((file) => path.join('src/plugins', file))
  .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\brefuse\w*\(\s*ctx,\s*\d+,\s*'(\w+)'/g)])
  .map((match) => match[1] ?? '');

describe('a refusal of the server', () => {
  it.each([...new Set([...GENERAL_CODES, ...REFUSALS, ...written])])('has its text in both languages: %s', (code) => {
    const details = { code, state: 'completed', skus: ['1001', '1002'] };
    const [english, french] = (['en', 'fr'] as const).map((one) => refusalText({ message: 'Raw.', details }, say(one)));
    expect([english, french]).not.toContain('Raw.');
    expect(english).not.toBe(french);
  });

  it('is written in the sources, where this test finds it', () => {
    expect(written).toEqual(expect.arrayContaining([...REFUSALS]));
  });

  it('names what it is about', () => {
    const taken = { message: 'This purchase is completed.', details: { code: 'not_in_review', state: 'completed' } };
    expect(refusalText(taken, say('fr'))).toBe('Cet achat n’est plus à vérifier. Son état : Terminé.');
    const unknown = { message: '…', details: { code: 'unknown_products', skus: ['1001', '1002'], errors: [{}] } };
    expect(refusalText(unknown, say('en'))).toBe('Not in the catalogue when the door opened: 1001, 1002.');
  });

  it('keeps the words of the server where there are no others', () => {
    expect(refusalText({ message: 'Something new.', details: { code: 'brand_new' } }, say('fr'))).toBe(
      'Something new.',
    );
  });

  it('says that nobody answered, where nobody did', () => {
    for (const error of [{ message: 'Failed to fetch' }, { message: 'x', details: undefined }, {}]) {
      expect(refusalText(error, say('fr'))).toBe('Larder est injoignable.');
    }
  });
});
