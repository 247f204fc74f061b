import { Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { Json } from './Json';

/** What went over the wire, folded away until somebody asks. */
export function RawData({ data }: { data: unknown }) {
  const { formatMessage } = useIntl();
  if (data === null || data === undefined) return null;
  return (
    <details>
      <Typography tag="summary" variant="pi" textColor="neutral600" style={{ cursor: 'pointer' }}>
        {formatMessage({ id: 'larder.history.data', defaultMessage: 'Data' })}
      </Typography>
      <Json value={data} />
    </details>
  );
}
