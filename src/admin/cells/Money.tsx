import { Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { formatMoney } from './money';

/** An amount in minor units, as money. */
export function Money({ amount, currency }: { amount: unknown; currency: unknown }) {
  const { locale } = useIntl();
  return <Typography textColor="neutral800">{formatMoney(amount, currency, locale) || '–'}</Typography>;
}
