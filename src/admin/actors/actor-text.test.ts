import en from '../translations/en.json';
import fr from '../translations/fr.json';
import { actorText, isToBeAsked } from './actor-text';

const sayIn =
  (words: Record<string, string>) =>
  ({ id }: { id: string }, values: Record<string, string> = {}) =>
    (words[id] ?? '').replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

it.each([
  ['admin:2', 'Olive Operator', 'Olive Operator', 'Olive Operator'],
  ['admin:2', undefined, '', ''],
  ['admin:2', null, 'Administrator 2', 'Administrateur 2'],
  ['token:3', 'Bubble', 'Bubble', 'Bubble'],
  ['token:3', null, 'API token 3', 'Jeton d’API 3'],
  ['stripe', undefined, 'Stripe’s dashboard', 'Le tableau de bord de Stripe'],
  ['recall:abc', undefined, 'Recall of a lot', 'Rappel d’un lot'],
  ['larder', undefined, 'Larder', 'Larder'],
  ['somebody else', undefined, 'somebody else', 'somebody else'],
])('%s called %s is "%s", in French "%s"', (actor, name, english, french) => {
  expect(actorText(actor, name, sayIn(en))).toBe(english);
  expect(actorText(actor, name, sayIn(fr))).toBe(french);
});

it('asks for administrators and tokens alone', () => {
  const actors = ['admin:2', 'token:3', 'admin:x', 'stripe', 'recall:5', 'xadmin:2'];
  expect(actors.filter(isToBeAsked)).toEqual(['admin:2', 'token:3']);
});
