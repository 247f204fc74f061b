import { Box, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';

/** Why the server did not do what it was asked. */
export function Refusal({ message }: { message: string }) {
  const { formatMessage } = useIntl();
  return (
    <Box background="danger100" borderColor="danger200" hasRadius padding={3} width="100%" role="alert">
      <Typography tag="p" fontWeight="bold" textColor="danger700">
        {formatMessage({ id: 'larder.refusal', defaultMessage: 'This was not accepted.' })}
      </Typography>
      <Typography tag="p" textColor="danger700">
        {message}
      </Typography>
    </Box>
  );
}
