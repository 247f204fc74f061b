/** What the screen of a fridge says to whoever stands in front of it. */
import type { Language } from '../../../../../shared/pages/language';
import type { Judgement } from './rules';

/** By reason, and by signal where that makes a difference. Empty: there is nothing to say. */
const MESSAGES: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    'warn reserved': 'This meal is reserved for somebody. Please take another one.',
    'alarm reserved': 'This meal is reserved for somebody. Please put it back before you close the door.',
    'warn no_purchase': 'Please open the fridge with the app before you take something.',
    'alarm no_purchase': 'Please put this meal back, and open the fridge with the app first.',
    'none alarm_over': 'Thank you for putting it back.',
    'none put_back': 'Thank you. It is not charged.',
    'none own': 'This is your meal. Enjoy it!',
  },
  fr: {
    'warn reserved': 'Ce repas est réservé à quelqu’un. Merci d’en choisir un autre.',
    'alarm reserved': 'Ce repas est réservé à quelqu’un. Merci de le remettre avant de fermer la porte.',
    'warn no_purchase': 'Merci d’ouvrir le frigo avec l’application avant de prendre quelque chose.',
    'alarm no_purchase': 'Merci de remettre ce repas et d’ouvrir d’abord le frigo avec l’application.',
    'none alarm_over': 'Merci de l’avoir remis.',
    'none put_back': 'Merci. Il n’est pas débité.',
    'none own': 'C’est votre repas. Bon appétit !',
  },
};

export function messageOf({ signal, reason }: Judgement, language: Language): string {
  return MESSAGES[language][`${signal} ${reason}`] ?? '';
}
