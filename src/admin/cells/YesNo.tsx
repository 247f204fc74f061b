import { Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';

/** A boolean as an answer; a dash where nobody knows. */
export function YesNo({ value }: { value: unknown }) {
  const { formatMessage } = useIntl();
  if (typeof value !== 'boolean') return <Typography textColor="neutral600">–</Typography>;
  return (
    <Typography textColor="neutral800" fontWeight={value ? 'bold' : 'regular'}>
      {value
        ? formatMessage({ id: 'larder.yes', defaultMessage: 'Yes' })
        : formatMessage({ id: 'larder.no', defaultMessage: 'No' })}
    </Typography>
  );
}
