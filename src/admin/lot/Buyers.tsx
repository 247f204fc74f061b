import { Box, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { Choice } from '../cells/Choice';
import { Moment } from '../cells/Moment';
import { formatMoney } from '../cells/money';
import { Table, Text, type Heading } from '../fields/table';
import { EntryLink } from './EntryLink';
import type { Buyer } from './lot-api';

const HEADINGS: readonly Heading[] = [
  { id: 'time', otherwise: 'Time' },
  { id: 'customer', otherwise: 'Customer' },
  { id: 'barcodes', otherwise: 'Barcodes' },
  { id: 'amount', otherwise: 'Amount', isNumber: true },
  { id: 'refund', otherwise: 'Refund' },
];

/** Who bought meals of a recalled lot, and how far their money is on its way back. */
export function Buyers({ buyers, refundsBuyers }: { buyers: readonly Buyer[]; refundsBuyers: boolean }) {
  const { formatMessage, locale } = useIntl();
  const say = (name: string, defaultMessage: string) => formatMessage({ id: `larder.lot.${name}`, defaultMessage });
  const heading = (id: string, otherwise: string) =>
    formatMessage({ id: `larder.column.${id}`, defaultMessage: otherwise });
  if (buyers.length === 0) {
    return <Typography textColor="neutral600">{say('noBuyers', 'Nobody has bought any.')}</Typography>;
  }
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Typography fontWeight="bold" textColor="neutral800">
        {say('buyers', 'Who bought some: tell them')}
      </Typography>
      <Box background="neutral0" borderColor="neutral200" hasRadius data-larder="lot.buyers">
        <Table headings={HEADINGS} stacks>
          {buyers.map(({ transactionId, ref, customerId, at, barcodes, amount, currency, refund }) => (
            <tr key={transactionId}>
              <td>
                <EntryLink uid="api::transaction.transaction" id={transactionId}>
                  {at === null ? ref : <Moment at={at} />}
                </EntryLink>
              </td>
              <Text label={heading('customer', 'Customer')}>{customerId ?? say('stranger', 'not known')}</Text>
              <Text label={heading('barcodes', 'Barcodes')}>{barcodes.join(', ')}</Text>
              <Text label={heading('amount', 'Amount')} isNumber>
                {formatMoney(amount, currency, locale)}
              </Text>
              <td data-label={heading('refund', 'Refund')}>
                {refund ? (
                  // Beside its heading where the table stacks.
                  <span style={{ display: 'inline-block' }}>
                    <Choice value={refund.state} />
                  </span>
                ) : (
                  <Typography textColor="neutral800">
                    {amount === 0
                      ? say('nothingDue', 'nothing was paid')
                      : refundsBuyers
                        ? say('soon', 'on its way')
                        : say('byHand', 'by hand')}
                  </Typography>
                )}
              </td>
            </tr>
          ))}
        </Table>
      </Box>
    </Flex>
  );
}
