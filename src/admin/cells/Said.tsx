import { useIntl } from 'react-intl';
import { useActor } from '../actors/useActor';
import { translateMoneyMessage } from '../language/translate-money-message';

/** The message of an event: Larder's in the language of the panel, and who decided (`… (admin:2)`) by name. */
export function Said({ message }: { message: string }) {
  const { locale } = useIntl();
  const [, reason = message, actor = ''] = /^(.*) \(((?:admin|token):\d+)\)$/s.exec(message) ?? [];
  const name = useActor(actor);
  return <>{[translateMoneyMessage(reason, locale), name && `(${name})`].filter(Boolean).join(' ')}</>;
}
