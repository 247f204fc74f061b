import { Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';

interface Props {
  /** ISO 8601 text. */
  readonly at: unknown;
  /** Seconds matter in the history of one purchase, not in a list. */
  readonly withSeconds?: boolean;
}

/** A point in time in the time zone of whoever looks. */
export function Moment({ at, withSeconds = false }: Props) {
  const { formatDate } = useIntl();
  if (typeof at !== 'string') return <Typography textColor="neutral600">–</Typography>;
  return (
    <Typography tag="time" dateTime={at} textColor="neutral800" style={{ whiteSpace: 'nowrap' }}>
      {withSeconds
        ? formatDate(at, { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 })
        : formatDate(at, { dateStyle: 'medium', timeStyle: 'short' })}
    </Typography>
  );
}
