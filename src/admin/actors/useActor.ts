import { useIntl } from 'react-intl';
import { useActorQuery } from './actor-api';
import { actorText, isToBeAsked } from './actor-text';

/** Who `admin:2`, `token:3`, `stripe` … is, in words; empty for nobody and until it is known. */
export function useActor(actor: unknown): string {
  const { formatMessage } = useIntl();
  const stored = typeof actor === 'string' ? actor : '';
  const { data, isError } = useActorQuery(stored, { skip: !isToBeAsked(stored) });
  // Where it cannot be read, the number is all there is.
  const name = isError ? null : data?.name;
  return stored && actorText(stored, name, (text, values) => formatMessage(text, values));
}
