import { existsSync, readdirSync } from 'node:fs';
import { createIntl } from 'react-intl';
import { REFUSALS as billing } from '../../plugins/billing/server/src/admin/refusals';
import { REFUSALS as meals } from '../../plugins/meals/server/src/admin/refusals';
import { REFUSALS as purchases } from '../../plugins/purchases/server/src/admin/refusals';
import { REFUSALS as telemetry } from '../../plugins/telemetry/server/src/admin/refusals';
import { GENERAL_CODES } from '../../shared/http/general-codes';
import en from '../translations/en.json';
import fr from '../translations/fr.json';
import { refusalText } from './refusal-text';

const say = (locale: 'en' | 'fr') => {
  const { formatMessage } = createIntl({ locale, messages: { en, fr }[locale], onError: () => undefined });
  return formatMessage;
};

/** By the folder in src/plugins. */
const ROOMS: Readonly<Record<string, readonly string[]>> = { billing, meals, purchases, telemetry };

describe('a refusal of the server', () => {
  it.each([...new Set([...GENERAL_CODES, ...Object.values(ROOMS).flat()])])(
    'has its text in both languages: %s',
    (code) => {
      const details = { code, state: 'completed', skus: ['1001', '1002'] };
      const [english, french] = (['en', 'fr'] as const).map((one) =>
        refusalText({ message: 'Raw.', details }, say(one)),
      );
      expect([english, french]).not.toContain('Raw.');
      expect(english).not.toBe(french);
    },
  );

  it('is looked at here, whichever room writes it', () => {
    const rooms = readdirSync('src/plugins').filter((room) => existsSync(`src/plugins/${room}/server/src/admin`));
    expect(rooms.sort()).toEqual(Object.keys(ROOMS));
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
