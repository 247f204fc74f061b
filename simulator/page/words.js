import { DEVICE_WORDS } from './device-words.js';

/** What the page says, in English and French. */
const WORDS = {
  en: {
    skip: 'Skip to the fridge',
    title: 'The fridge, simulated',
    lead: 'You are the customer. Larder opens the door; you take a meal and close it.',
    away: 'The simulator does not answer. Trying again…',
    machine: 'Fridge',
    session: 'Session',
    none: 'none',
    isOffline: 'offline',
    isExpired: 'subscription expired',
    reset: 'Set free',
    basket: 'In your hands',
    nothing: 'Nothing yet.',
    total: 'Total',
    close: 'Close the door',
    take: 'Take',
    putBack: 'Put back',
    faults: 'What goes wrong',
    noFaults: 'Nothing: the cloud is honest.',
    fault: 'Fault',
    parameters: 'Parameters',
    takes: 'It takes',
    add: 'Add',
    clear: 'Remove all',
    remove: 'Remove',
    line: 'The line to Larder',
    cutClose: 'Hang up',
    cutTerminate: 'Cut',
    cutHalf: 'Go deaf',
    log: 'What is said',
    only: 'this fridge only',
    free: 'Free · door locked',
    requested: 'Reserved · door locked',
    open: 'Door open',
    closing: 'Door locked · settling',
    locked: 'The door is locked. Ask Larder to open it.',
    waits: 'Reserved. Larder is about to open the door.',
    settles: 'Settling the purchase…',
    last: 'Last time: {count} taken, {total}.',
    other: 'Français',
  },
  fr: {
    skip: 'Aller au frigo',
    title: 'Le frigo, simulé',
    lead: 'Vous êtes le client. Larder ouvre la porte ; vous prenez un plat et vous la refermez.',
    away: 'Le simulateur ne répond pas. Nouvel essai…',
    machine: 'Frigo',
    session: 'Session',
    none: 'aucune',
    isOffline: 'hors ligne',
    isExpired: 'abonnement expiré',
    reset: 'Libérer',
    basket: 'Dans vos mains',
    nothing: 'Rien pour l’instant.',
    total: 'Total',
    close: 'Fermer la porte',
    take: 'Prendre',
    putBack: 'Reposer',
    faults: 'Ce qui va mal',
    noFaults: 'Rien : le cloud est honnête.',
    fault: 'Panne',
    parameters: 'Paramètres',
    takes: 'Elle accepte',
    add: 'Ajouter',
    clear: 'Tout retirer',
    remove: 'Retirer',
    line: 'La ligne vers Larder',
    cutClose: 'Raccrocher',
    cutTerminate: 'Couper',
    cutHalf: 'Faire le sourd',
    log: 'Ce qui se dit',
    only: 'ce frigo seulement',
    free: 'Libre · porte verrouillée',
    requested: 'Réservé · porte verrouillée',
    open: 'Porte ouverte',
    closing: 'Porte verrouillée · règlement',
    locked: 'La porte est verrouillée. Demandez à Larder de l’ouvrir.',
    waits: 'Réservé. Larder va ouvrir la porte.',
    settles: 'Règlement de l’achat…',
    last: 'La dernière fois : {count} pris, {total}.',
    other: 'English',
  },
};

let language = remembered() ?? (navigator.language.startsWith('fr') ? 'fr' : 'en');

/** The language in force, `en` or `fr`. */
export function currentLanguage() {
  return language;
}

export function switchLanguage() {
  language = language === 'en' ? 'fr' : 'en';
  try {
    localStorage.setItem('language', language);
  } catch {
    // A browser that keeps nothing asks again next time; nothing else is lost.
  }
}

/** A text by its name, with `{holes}` filled in. */
export function word(name, holes = {}) {
  return textOf(name).replace(/\{(\w+)\}/g, (_, hole) => holes[hole]);
}

/** Whether there is a text of that name. */
export function hasWord(name) {
  return textOf(name) !== undefined;
}

function textOf(name) {
  return WORDS[language][name] ?? DEVICE_WORDS[language][name];
}

/** An amount in euros, the way the language writes it. */
export function euros(amount) {
  return new Intl.NumberFormat(language, { style: 'currency', currency: 'EUR' }).format(amount);
}

/** An amount in minor units of any currency, the way the language writes it. */
export function amountOf(amount, currency) {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency });
  return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
}

/** Puts the words in force into everything that carries a `data-word`. */
export function translatePage() {
  document.documentElement.lang = language;
  document.title = `Larder · ${word('title')}`;
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = word(element.dataset.word);
  const button = document.getElementById('language');
  button.textContent = word('other');
  button.lang = language === 'en' ? 'fr' : 'en';
}

function remembered() {
  try {
    const kept = localStorage.getItem('language');
    return kept in WORDS ? kept : undefined;
  } catch {
    return undefined;
  }
}
