import { z } from 'zod';
import { withSettled } from '../wire/lines';
import { common, defineFault } from './define';

/** `transaction_id` is an empty text, as in a captured completion. */
export const blankId = defineFault({
  serves: 'G13',
  says: { en: 'transaction_id is empty', fr: 'transaction_id est vide' },
  schema: z.strictObject({ name: z.literal('blank-id'), ...common }),
  arm: () => ({
    wants: (frame) => frame.kind === 'completed',
    frame: (frame) => [withSettled(frame, { transaction_id: '' })],
  }),
});

/** The door is said to be "OPENED" where it usually is "UNLOCKED". */
export const openedWord = defineFault({
  serves: 'G10',
  says: { en: 'the door is "OPENED" in place of "UNLOCKED"', fr: 'la porte est « OPENED » au lieu de « UNLOCKED »' },
  schema: z.strictObject({ name: z.literal('opened-word'), ...common }),
  arm: () => ({
    wants: (frame) => frame.kind === 'door-result' && JSON.stringify(frame.body).includes('"UNLOCKED"'),
    frame: (frame) => [{ ...frame, body: JSON.parse(JSON.stringify(frame.body).replace('"UNLOCKED"', '"OPENED"')) }],
  }),
});
