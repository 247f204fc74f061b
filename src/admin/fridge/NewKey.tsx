import { Box, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';

/** A key that was made a moment ago: the one time that anybody sees it. */
export function NewKey({ value }: { value: string }) {
  const { formatMessage } = useIntl();
  return (
    <Box background="success100" borderColor="success200" hasRadius padding={3} role="status">
      <Typography tag="p" textColor="neutral800">
        {formatMessage({
          id: 'larder.device.once',
          defaultMessage:
            'Copy it to the device now: it is shown only this once. The key before it works for ten more minutes.',
        })}
      </Typography>
      <Typography tag="code" textColor="neutral800" style={{ userSelect: 'all', overflowWrap: 'anywhere' }}>
        {value}
      </Typography>
    </Box>
  );
}
