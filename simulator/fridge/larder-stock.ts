import { z } from 'zod';
import { SimulatorError } from '../errors';
import type { LarderLine } from './line';
import type { MealSpec } from './meal';

const told = z.object({
  data: z.array(
    z.object({
      barcode: z.string(),
      sku: z.string(),
      expiresAt: z.string().nullable(),
      area: z.enum(['free_for_all', 'subscription']),
      labelName: z.string().nullable(),
    }),
  ),
});

/** The meals that stand in a machine by Larder's books. Throws a `SimulatorError` where it does not tell. */
export async function mealsFromLarder(line: LarderLine): Promise<MealSpec[]> {
  const answer = await line.get('meals');
  if (answer.kind === 'away') throw new SimulatorError('larder-refused', 'Larder does not answer.');
  const parsed = told.safeParse(answer.body);
  if (!parsed.success) {
    const { message } = Object(answer.body.error) as { message?: string };
    throw new SimulatorError('larder-refused', `Larder does not tell its stock: ${message ?? answer.status}`);
  }
  return parsed.data.data.map(({ barcode, sku, expiresAt, area, labelName }) => ({
    barcode,
    vpn: sku,
    area,
    ...(expiresAt !== null && { expiresAt }),
    ...(labelName && { reservedFor: labelName }),
  }));
}
