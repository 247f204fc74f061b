import { Box, Flex, IconButton, Typography } from '@strapi/design-system';
import { Minus, Plus } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { formatMoney } from '../cells/money';
import { keyOf, type Refundable, type RefundableLine } from './refund-choice';
import type { RefundForm } from './useRefund';

const List = styled.ul`
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  li + li {
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  }
`;

/** The products of the purchase, with how many of each are given back. */
export function RefundLines({ refund, of }: { refund: RefundForm; of: Refundable }) {
  const { formatMessage, locale } = useIntl();
  const most = formatMoney(of.refundable, of.currency, locale);
  const faults = {
    lines_missing: { id: 'larder.refund.lines.missing', defaultMessage: 'Choose at least one product.' },
    lines_too_much: {
      id: 'larder.refund.lines.tooMuch',
      defaultMessage: 'These products cost more than can still be refunded: {most}.',
    },
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <List>
        {/* For what a subscription paid there is nothing to give back. */}
        {of.lines
          .filter(({ unitAmount }) => unitAmount > 0)
          .map((line) => (
            <Line key={keyOf(line)} line={line} refund={refund} currency={of.currency} />
          ))}
      </List>
      {refund.fault && refund.fault in faults && (
        <Typography textColor="danger600" variant="pi" role="alert">
          {formatMessage(faults[refund.fault as keyof typeof faults], { most })}
        </Typography>
      )}
    </Flex>
  );
}

function Line({ line, refund, currency }: { line: RefundableLine; refund: RefundForm; currency: string }) {
  const { formatMessage, locale } = useIntl();
  const { sku, kind, name, unitAmount, left } = line;
  const quantity = refund.choice.quantities[keyOf(line)] ?? 0;
  const say = (id: string, defaultMessage: string) => formatMessage({ id, defaultMessage }, { name, quantity, left });
  return (
    <Box tag="li" padding={3} data-larder-sku={sku}>
      <Flex gap={3} justifyContent="space-between" wrap="wrap">
        <Box flex="1 1 16rem">
          <Typography tag="p" textColor="neutral800" fontWeight="semiBold">
            {name}
          </Typography>
          <Typography tag="p" variant="pi" textColor="neutral600">
            {`${sku} · ${formatMoney(unitAmount, currency, locale)}`}
            {kind === 'theft' && ` · ${formatMessage({ id: 'theft', defaultMessage: 'Theft' })}`}
          </Typography>
        </Box>
        <Flex gap={2} role="group" aria-label={say('larder.review.quantity', 'Quantity of {name}')}>
          <IconButton
            label={say('larder.review.less', 'One less: {name}')}
            size="L"
            disabled={quantity <= 0}
            onClick={() => refund.step(line, -1)}
          >
            <Minus />
          </IconButton>
          <Typography fontWeight="bold" textAlign="center" minWidth="5rem" aria-live="polite">
            {say('larder.refund.of', '{quantity} of {left}')}
          </Typography>
          <IconButton
            label={say('larder.review.more', 'One more: {name}')}
            size="L"
            disabled={quantity >= left}
            onClick={() => refund.step(line, 1)}
          >
            <Plus />
          </IconButton>
        </Flex>
      </Flex>
    </Box>
  );
}
