import { z } from 'zod';
import { linesIn, withLines, withSettled } from '../wire/lines';
import { common, defineFault } from './define';
import { framesOf, framesSchema } from './frames-of';

const price = z.string().regex(/^\d{1,9}(\.\d{1,2})?$/, 'must be a price such as "1.60"');
const baskets = { frames: framesSchema.default(['taken', 'completed']) };

/** The total of a completion is not the sum of its lines. */
export const lyingTotal = defineFault({
  serves: 'G13',
  says: { en: 'the total is not the sum of its lines', fr: 'le total n’est pas la somme des lignes' },
  schema: z.strictObject({
    name: z.literal('lying-total'),
    ...common,
    total: z.number().default(1.5),
    as: z.enum(['number', 'string']).default('number'),
  }),
  arm: ({ total, as }) => ({
    wants: (frame) => frame.kind === 'completed' && linesIn(frame) !== undefined,
    frame: (frame) => [withSettled(frame, { transaction_total: as === 'string' ? String(total) : total })],
  }),
});

/** A product that no catalogue knows lies in the basket. */
export const unknownProduct = defineFault({
  serves: 'G13',
  says: { en: 'the basket holds a product nobody knows', fr: 'le panier contient un produit inconnu' },
  schema: z.strictObject({
    name: z.literal('unknown-product'),
    ...common,
    ...baskets,
    vpn: z.string().default('X-404'),
    price: price.default('3.30'),
  }),
  arm: ({ frames, vpn, price: unit_price }) => {
    const named = framesOf(frames);
    return {
      wants: (frame) => named(frame) && linesIn(frame) !== undefined,
      frame: (frame) => [withLines(frame, (lines) => [...lines, { vpn, unit_price, name: 'Mystery meal' }])],
    };
  },
});

/** The lines carry another price than the catalogue. */
export const priceUnlike = defineFault({
  serves: 'G13',
  says: { en: 'lines carry another price than the catalogue', fr: 'les lignes portent un autre prix que le catalogue' },
  schema: z.strictObject({
    name: z.literal('price-unlike'),
    ...common,
    ...baskets,
    price: price.default('0.50'),
  }),
  arm: ({ frames, price: unit_price }) => {
    const named = framesOf(frames);
    return {
      wants: (frame) => named(frame) && linesIn(frame) !== undefined,
      frame: (frame) => [withLines(frame, (lines) => lines.map((line) => ({ ...line, unit_price })))],
    };
  },
});
