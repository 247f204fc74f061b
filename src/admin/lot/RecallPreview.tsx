import { Box, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { Lot } from './lot-api';

/** What a recall is about to do: said before it is done, for it is for good. */
export function RecallPreview({ lot: { meals, machines, buyers, refundsBuyers } }: { lot: Lot }) {
  const { formatMessage } = useIntl();
  const counts = { meals, machines: machines.length, buyers: buyers.length };
  const say = (name: string, defaultMessage: string) =>
    formatMessage({ id: `larder.lot.recall.${name}`, defaultMessage }, counts);
  return (
    <Box background="warning100" borderColor="warning200" hasRadius padding={3}>
      <Typography tag="p" fontWeight="bold" textColor="neutral800">
        {say('forGood', 'A recall is for good.')}
      </Typography>
      <Typography tag="p" textColor="neutral800">
        {say(
          'meals',
          '{meals, plural, =0 {No meal of it stands in a machine.} one {# meal} other {# meals}}{meals, plural, =0 {} other { in {machines, plural, one {# machine} other {# machines}}: not sold any more, to be taken out.}}',
        )}
      </Typography>
      <Typography tag="p" textColor="neutral800">
        {say(
          'buyers',
          '{buyers, plural, =0 {Nobody has bought any.} one {# purchase took some.} other {# purchases took some.}}',
        )}{' '}
        {buyers.length > 0 &&
          (refundsBuyers
            ? say('refunds', 'What was paid for them is given back.')
            : say('byHand', 'Nothing is given back by itself: payments are only recorded here.'))}
      </Typography>
    </Box>
  );
}
