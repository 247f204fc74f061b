import { z } from 'zod';

/** What somebody shows to the reader in the fridge, as Larder takes it. */
export const credentialSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('card'), paymentMethodId: z.string().min(1).max(255) }),
    z.strictObject({ kind: z.literal('badge'), uid: z.string().min(1).max(120) }),
    z.strictObject({ kind: z.literal('token'), token: z.string().min(1).max(200) }),
  ],
  'must be { kind: "card", paymentMethodId }, { kind: "badge", uid } or { kind: "token", token }',
);

export type Credential = z.infer<typeof credentialSchema>;

/** What the reader proposes to hold, in minor units; needed where Larder only records payments. */
export const holdSchema = z.strictObject({
  provider: z.string().min(1).max(60).default('stripe'),
  amount: z.number().int().min(1),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be a currency such as EUR'),
});

export type HoldSpec = z.input<typeof holdSchema>;
