import { Box, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';

/** What went over the wire, folded away until somebody asks. */
export function RawData({ data }: { data: unknown }) {
  const { formatMessage } = useIntl();
  if (data === null || data === undefined) return null;
  return (
    <details>
      <Typography tag="summary" variant="pi" textColor="neutral600" style={{ cursor: 'pointer' }}>
        {formatMessage({ id: 'larder.history.data', defaultMessage: 'Data' })}
      </Typography>
      <Box tag="pre" background="neutral100" hasRadius padding={2} maxWidth="48rem" style={{ overflowX: 'auto' }}>
        <Typography tag="code" variant="pi">
          {JSON.stringify(data, null, 2)}
        </Typography>
      </Box>
    </details>
  );
}
