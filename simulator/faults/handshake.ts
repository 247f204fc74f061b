import { z } from 'zod';
import { common, defineFault } from './define';

/** A client that connects is left without an answer, or turned away. It has no machine yet. */
export const handshake = defineFault({
  serves: 'G7',
  says: { en: 'connecting hangs or is answered with 401', fr: 'la connexion reste sans réponse ou reçoit un 401' },
  schema: z.strictObject({
    name: z.literal('handshake'),
    probability: common.probability,
    times: common.times,
    mode: z.enum(['hang', '401']).default('hang'),
  }),
  arm: ({ mode }) => ({ handshake: mode }),
});
