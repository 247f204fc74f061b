import { Status, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { toneOf } from './tones';

/** One value of an enumeration, in words and in colour. */
export function Choice({ value }: { value: unknown }) {
  const { formatMessage } = useIntl();
  if (typeof value !== 'string') return <Typography textColor="neutral600">–</Typography>;
  return (
    <Status variant={toneOf(value)} size="S" width="fit-content">
      {/* The id is the bare value: that is where Strapi's own filters and inputs look for it. */}
      <Typography variant="omega" fontWeight="bold" style={{ whiteSpace: 'nowrap' }}>
        {formatMessage({ id: value, defaultMessage: value })}
      </Typography>
    </Status>
  );
}
