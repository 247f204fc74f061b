import { Typography } from '@strapi/design-system';
import { useActor } from '../actors/useActor';

/** Who did something, by name. */
export function Actor({ actor }: { actor: unknown }) {
  return <Typography textColor="neutral800">{useActor(actor) || '–'}</Typography>;
}
